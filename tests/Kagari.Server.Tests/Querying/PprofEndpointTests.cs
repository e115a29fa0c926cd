using Kagari.Profiles;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Querying;

public sealed class PprofEndpointTests
{
    private const string Query = "memory:alloc_objects:count::{service_name=\"s\"}";

    [Fact]
    public async Task Pprof_OfASelection_IsTheMergedProfile()
    {
        await using var server = await LiveServer.StartAsync();
        for (var i = 0; i < 2; i++) (await server.IngestAsync($"name=s.alloc_objects&from={server.NowSeconds - i}&until={server.NowSeconds - i}", "a;b 1\na;c 2\n")).Status.ShouldBe(200);
        var bytes = await server.Http.GetByteArrayAsync($"/pprof?query={Uri.EscapeDataString(Query)}", TestContext.Current.CancellationToken);
        Gunzip.IsGzip(bytes).ShouldBeTrue();
        ProfileImport.TryRead(bytes, DecodeLimits.Default, out _, out var profiles, out var error).ShouldBeTrue(error.Message);
        Drawings.Draw(profiles[0].Profile).ShouldBe("a;b 2 | a;c 4");
    }

    [Theory]
    [InlineData("query=memory:alloc_objects:count::%7B%7D", 404, "no profile of memory:alloc_objects:count:: matches")]
    [InlineData("", 400, "query")]
    [InlineData("query=cpu", 400, "")]
    public async Task Pprof_OfNothing_SaysSo(string parameters, int expected, string message)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/pprof?{parameters}"));
        status.ShouldBe(expected, body);
        body.ShouldContain(message);
    }
}
