using Kagari.Profiles;
using Kagari.Server.Tests.Clients;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest;

public sealed class SourceLinksTests
{
    [Fact]
    public async Task Labels_BecomePartOfBuildIds_OfAMergeOfVersions()
    {
        await using var server = await ClientServer.StartAsync();
        foreach (var version in new[] { "v1", "v2" })
        {
            var profile = Drawings.Profile($"main;{version} 3", "cpu:nanoseconds");
            profile.TimeNanos = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 1_000_000_000;
            profile.Mappings.Add(new Mapping(0, 0, 0, profile.AddString("/bin/cart"), profile.AddString("b0b1"), MappingFlags.HasFunctions));
            for (var i = 0; i < profile.Locations.Count; i++) profile.Locations[i] = profile.Locations[i] with { Mapping = 0 };
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            PprofWriter.Write(profile, bytes);
            (await server.PushAsync(bytes.WrittenSpan.ToArray(), ("__name__", "process_cpu"), ("service_name", "cart"), ("service_repository", "https://github.com/shop/cart"), ("service_git_ref", version), ("service_root_path", "cmd/cart"))).Status
                .ShouldBe(System.Net.HttpStatusCode.OK);
        }
        using var reader = new PprofReader();
        var merged = new FlatProfile();
        reader.TryRead(await server.PprofAsync("process_cpu:cpu:nanoseconds::", "{}"), merged, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        merged.Mappings.Span.ToArray().Select(m => merged.GetString(m.BuildId)).Order(StringComparer.Ordinal).ShouldBe(
        [
            """{"repository":"https://github.com/shop/cart","git_ref":"v1","build_id":"b0b1","root_path":"cmd/cart"}""",
            """{"repository":"https://github.com/shop/cart","git_ref":"v2","build_id":"b0b1","root_path":"cmd/cart"}""",
        ]);
    }
}
