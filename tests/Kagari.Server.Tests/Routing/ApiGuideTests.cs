using System.Text.Json;
using Kagari.Server.Routing;
using Kagari.Server.Tests.Ingest;
using Kagari.Testing;

namespace Kagari.Server.Tests.Routing;

public sealed class ApiGuideTests
{
    /// <summary>With KAGARI_ACCEPT=1 the guide is written anew.</summary>
    [Fact]
    public void Guide_InRepository_IsWhatTheTableSays()
    {
        var file = Path.Combine(Repository.Root, "docs", "guide", "api.md");
        if (Environment.GetEnvironmentVariable("KAGARI_ACCEPT") == "1") File.WriteAllText(file, ApiGuide.Write());
        File.ReadAllText(file).ShouldBe(ApiGuide.Write(), "run this test with KAGARI_ACCEPT=1 and look at the difference");
    }

    [Fact]
    public async Task Swagger_HasEveryRoute()
    {
        await using var server = await LiveServer.StartAsync();
        var json = JsonDocument.Parse(await server.Http.GetStringAsync("/api/swagger.json", TestContext.Current.CancellationToken)).RootElement;
        json.GetProperty("openapi").GetString().ShouldBe("3.0.3");
        var operations = json.GetProperty("paths").EnumerateObject().Sum(p => p.Value.EnumerateObject().Count());
        operations.ShouldBe(ApiRoutes.All.Sum(r => r.Method.Split(", ").Length));
        json.GetProperty("paths").GetProperty("/api/0/profiles/{ids}").GetProperty("get").GetProperty("parameters")[0].GetProperty("name").GetString().ShouldBe("ids");
    }
}
