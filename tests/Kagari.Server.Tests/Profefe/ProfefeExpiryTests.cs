using Kagari.Profiles;
using Kagari.Server.Limits;
using Kagari.Server.Objects;
using Kagari.Server.Profefe;
using Kagari.Storage;
using Kagari.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kagari.Server.Tests.Profefe;

public sealed class ProfefeExpiryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_RemovesWhatIsOlderThanItsTenantKeeps()
    {
        using var directory = new TemporaryDirectory();
        using var store = new LocalObjectStore(directory.Path);
        var originals = new ProfefeOriginals(new TenantDocuments(store, "profefe/originals"));
        var traces = new ProfefeTraces(new TenantDocuments(store, "profefe/traces"), new TenantDocuments(store, "profefe/trace-index"));
        var kept = new List<string>();
        foreach (var tenant in new[] { "short", "forever" })
        {
            foreach (var hours in new[] { 1, 30 })
            {
                var time = Now.AddHours(-hours);
                await originals.PutAsync(tenant, new ProfefeId((uint)time.ToUnixTimeSeconds(), 7), new byte[] { 1 }, default);
                await traces.PutAsync(tenant, "shop", ProfefeType.Trace, [new Label("n", "1")], time.ToUnixTimeSeconds() * 1_000_000_000, new byte[] { 2 }, default);
                if (tenant == "forever" || hours == 1) kept.Add($"{tenant} {hours}");
            }
        }
        await store.PutAsync("tenants/short/settings/settings.json", new byte[] { 3 }, default);
        using var expiry = new ProfefeExpiry(originals, traces, new OwnPeriods(), new ManualTime(Now), NullLogger<ProfefeExpiry>.Instance);
        await expiry.RunAsync(default);

        foreach (var tenant in new[] { "short", "forever" })
        {
            foreach (var hours in new[] { 1, 30 })
            {
                var seconds = Now.AddHours(-hours).ToUnixTimeSeconds();
                (await originals.FindAsync(tenant, new ProfefeId((uint)seconds, 7), default) is not null).ShouldBe(kept.Contains($"{tenant} {hours}"));
                var listed = await traces.ListAsync(tenant, "shop", seconds, seconds, 10, default);
                listed.Count.ShouldBe(kept.Contains($"{tenant} {hours}") ? 1 : 0);
                foreach (var trace in listed) (await traces.FindAsync(tenant, trace.Id, default)).ShouldBe([2]);
            }
        }
        (await store.ListAsync("tenants/", default)).Count.ShouldBe((3 * kept.Count) + 1, "an original, a trace and its entry for each that is kept, and what is nobody's business here");
    }

    private sealed class OwnPeriods : ILimitsProvider
    {
        public TenantLimits For(string tenant) => new() { ProfefeOriginalsPeriod = tenant == "short" ? TimeSpan.FromDays(1) : TimeSpan.Zero };
    }
}
