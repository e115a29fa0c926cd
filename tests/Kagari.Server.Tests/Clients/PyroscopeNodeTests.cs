using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>The peer's Node SDK in a program of ours sends to us, on its own.</summary>
public sealed class PyroscopeNodeTests
{
    [Fact]
    public async Task PyroscopeNodejs_ProgramWithWork_FunctionsComeBack()
    {
        await using var server = await ClientServer.StartAsync();
        var program = Path.Combine(Repository.Root, "testdata", "programs", "node", "web.mjs");

        (await NodeClients.RunAsync("pyroscope.mjs", program, server.Url, "web", "2", "2")).ShouldBe("pyroscope-nodejs: all uploads answered 200");

        (await server.ProfileTypesAsync()).ShouldBe(
        [
            "memory:inuse_objects:count:inuse_space:bytes",
            "memory:inuse_space:bytes:inuse_space:bytes",
            "process_cpu:cpu:nanoseconds:wall:nanoseconds",
            "wall:samples:count:wall:nanoseconds",
            "wall:wall:nanoseconds:wall:nanoseconds",
        ]);
        await ShouldShowAsync(server, "wall:wall:nanoseconds:wall:nanoseconds", "sortByPrice");
        await ShouldShowAsync(server, "process_cpu:cpu:nanoseconds:wall:nanoseconds", "sortByPrice");
        await ShouldShowAsync(server, "memory:inuse_space:bytes:inuse_space:bytes", "answer");
    }

    /// <summary>The SDK names functions <c>file:function:line</c>.</summary>
    private static async Task ShouldShowAsync(ClientServer server, string type, string function)
    {
        var graph = await server.StacksByJsonAsync(type, """{service_name="web",region="eu",pyroscope_spy="nodespy"}""");
        graph.Total.ShouldBeGreaterThan(0);
        graph.Names.ShouldContain(name => name.Contains($"web.mjs:{function}:"), type);
    }
}
