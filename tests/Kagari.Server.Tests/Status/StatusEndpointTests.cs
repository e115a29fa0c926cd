using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;

namespace Kagari.Server.Tests.Status;

public sealed class StatusEndpointTests
{
    [Fact]
    public async Task FeatureFlags_AreSortedByName()
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.SendAsync(RpcRequests.Json("/capabilities.v1.FeatureFlagsService/GetFeatureFlags", "{}"));
        status.ShouldBe(200);
        using var json = System.Text.Json.JsonDocument.Parse(body);
        var flags = json.RootElement.GetProperty("featureFlags").EnumerateArray().Select(f => (f.GetProperty("name").GetString()!, f.TryGetProperty("enabled", out var on) && on.GetBoolean())).ToList();
        flags.ShouldBe([("pyroscopeRuler", false), ("pyroscopeRulerFunctions", false), ("utf8LabelNames", false), ("v2StorageLayer", true)]);
    }

    [Theory]
    [InlineData("{}", 200, """{"status":"SERVING"}""")]
    [InlineData("""{"service":"querier.v1.QuerierService"}""", 200, """{"status":"SERVING"}""")]
    [InlineData("""{"service":"nobody"}""", 404, "unknown service 'nobody'")]
    public async Task Health_OfServerAndServices(string json, int status, string body)
    {
        await using var server = await LiveServer.StartAsync();
        var answer = await server.SendAsync(RpcRequests.Json("/grpc.health.v1.Health/Check", json));
        answer.Status.ShouldBe(status);
        answer.Body.ShouldContain(body);
    }
}
