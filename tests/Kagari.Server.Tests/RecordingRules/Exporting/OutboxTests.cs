using Google.Protobuf;
using Kagari.Server.RecordingRules.Exporting;
using Kagari.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kagari.Server.Tests.RecordingRules.Exporting;

/// <summary>The queue of samples across deaths and damage.</summary>
public sealed class OutboxTests
{
    [Fact]
    public async Task Recover_TakesWhatWasCommitted_InTheOrderOfTime()
    {
        await using var lab = await ExporterLab.StartAsync();
        await lab.PutAsync("t", 7, 1);
        await lab.PutAsync("t", 5, 2);
        var open = ExporterLab.Samples(9, 3);
        open.Logs.Add("log/2");
        await lab.Outbox.PrepareAsync(99, "t", open, default);
        var again = new Outbox(lab.Documents, 1 << 20, lab.Metrics, NullLogger<Outbox>.Instance);
        (await again.RecoverAsync(new HashSet<string> { "log/2" }, default)).ShouldBe(7);
        again.Waiting.Samples.ShouldBe(2);
        again.Heads().ShouldHaveSingleItem().TimeMillis.ShouldBe(5);
        (await lab.Documents.ListAllAsync(default)).Count.ShouldBe(2, "what was not committed is removed");
    }

    [Fact]
    public async Task Damaged_IsDroppedAndCounted()
    {
        await using var lab = await ExporterLab.StartAsync();
        await lab.PutAsync("t", 7, 1);
        await lab.PutAsync("t", 8, 2);
        var (tenant, name) = (await lab.Documents.ListAllAsync(default))[0];
        await lab.Documents.PutAsync(tenant, name, new byte[] { 0xff, 1, 2 }, default);
        var again = new Outbox(lab.Documents, 1 << 20, lab.Metrics, NullLogger<Outbox>.Instance);
        await again.RecoverAsync(new HashSet<string>(), default);
        again.Waiting.Samples.ShouldBe(1);
        (await lab.Documents.ListAllAsync(default)).Count.ShouldBe(1);
        // The first process finds out when it reads.
        await lab.Exporter.SendDueAsync(default);
        lab.Taken.ShouldBe("m0@8=2");
        lab.Metrics.DroppedCount(DropReason.Unreadable, "t").ShouldBe(1);
    }

    [Fact]
    public void TryParse_AnyBytes_GiveSamplesOrFalse_Fuzz()
    {
        var valid = ExporterLab.Samples(1_700_000_000_000, 1, 2, 3).ToByteArray();
        Outbox.TryParse(valid, out var samples).ShouldBeTrue();
        samples.Request.Timeseries.Count.ShouldBe(3);
        foreach (var seed in FuzzBudget.Seeds(5000))
        {
            try
            {
                if (Outbox.TryParse(FuzzBudget.Mutate(valid, new Random(seed)), out var any)) DateTimeOffset.FromUnixTimeMilliseconds(any.Timestamp).Year.ShouldBeGreaterThan(1969);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
    }
}
