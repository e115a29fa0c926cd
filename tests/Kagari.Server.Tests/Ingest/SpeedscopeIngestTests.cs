using System.Text;
using Kagari.Server.Tests.Rpc;

namespace Kagari.Server.Tests.Ingest;

/// <summary><c>/ingest?format=speedscope</c>: types by unit and name, several profiles, faults.</summary>
public sealed class SpeedscopeIngestTests
{
    private const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds", Wall = "wall:wall:nanoseconds:cpu:nanoseconds";

    [Theory]
    [InlineData("app", "none", "process_cpu:cpu:nanoseconds:cpu:nanoseconds", "app", "a 20000000 | a;b 10000000")]
    [InlineData("app", "milliseconds", "process_cpu:cpu:nanoseconds:cpu:nanoseconds", "app", "a 2000000 | a;b 1000000")]
    [InlineData("app.wall", "microseconds", "wall:wall:nanoseconds:cpu:nanoseconds", "app", "a 2000 | a;b 1000")]
    [InlineData("my.service", "nanoseconds", "process_cpu:cpu:nanoseconds:cpu:nanoseconds", "my.service", "a 2 | a;b 1")]
    [InlineData("my.service", "bytes", "memory:samples:bytes::", "my.service", "a 2 | a;b 1")]
    [InlineData("app.inuse_space", "bytes", "memory:inuse_space:bytes::", "app", "a 2 | a;b 1")]
    [InlineData("app.inuse_space", "seconds", "process_cpu:cpu:nanoseconds:cpu:nanoseconds", "app.inuse_space", "a 2000000000 | a;b 1000000000")]
    [InlineData("app.alloc_objects", "none", "memory:alloc_objects:count::", "app", "a 2 | a;b 1")]
    public async Task Profile_OfEachUnitAndName_IsStoredUnderItsType(string name, string unit, string type, string service, string drawing)
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestAsync($"name={name}&format=speedscope", File(Profile("p", unit, 1, 2)))).ShouldBe((200, ""));
        (await server.StacksAsync(type, $"{{service_name=\"{service}\",profile_name=\"p\"}}")).ShouldBe(drawing);
        (await server.ValuesAsync("__profile_type__")).ShouldBe(type);
    }

    [Fact]
    public async Task Profiles_Several_AreWallTimeByName()
    {
        await using var server = await LiveServer.StartAsync();
        var file = File(Profile("p", "seconds", 1, 2), Profile("q", "seconds", 4, 0), Profile("r", "bytes", 3, 3), Profile("empty", "none", 0, 0));
        (await server.IngestAsync("name=app{env=t}&format=speedscope&from=1700000000&until=1700000010", file)).Status.ShouldBe(422, "far in the past");
        (await server.IngestAsync("name=app{env=t}&format=speedscope&from=now&until=now", file)).ShouldBe((200, ""));
        (await server.StacksAsync(Wall, "{profile_name=\"p\",env=\"t\"}")).ShouldBe("a 2000000000 | a;b 1000000000");
        (await server.StacksAsync(Wall, "{profile_name=\"q\"}")).ShouldBe("a;b 4000000000");
        (await server.StacksAsync("memory:samples:bytes::", "{service_name=\"app\"}")).ShouldBe("a 3 | a;b 3");
    }

    [Fact]
    public async Task File_SentTwiceAndZipped_CountsOnce()
    {
        await using var server = await LiveServer.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var query = $"/ingest?name=app&format=speedscope&from={now}&until={now}";
        var file = Encoding.UTF8.GetBytes(File(Profile("p", "bytes", 1, 2), Profile("q", "bytes", 1, 2)));
        foreach (var body in new[] { file, RpcRequests.Gzip(file), file })
            (await server.SendAsync(RpcRequests.Post(query, body, "application/json"))).Status.ShouldBe(200);
        (await server.StacksAsync("memory:samples:bytes::", "{}")).ShouldBe("a 4 | a;b 2");
    }

    [Fact]
    public async Task File_WithOneFault_LeavesNothing()
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.IngestAsync("name=app&format=speedscope", File(Profile("p", "none", 1, 2), Profile("q", "none", 1, -2)));
        status.ShouldBe(422);
        body.ShouldContain("profiles[1]: weights[1]: -2 is negative");
        (await server.StacksAsync(Cpu, "{}")).ShouldBe("");
    }

    private static string Profile(string name, string unit, long ofB, long ofA) =>
        $$"""{"type":"sampled","name":"{{name}}","unit":"{{unit}}","startValue":0,"samples":[[0,1],[0]],"weights":[{{ofB}},{{ofA}}]}""";

    private static string File(params string[] profiles) =>
        $$$"""{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"a"},{"name":"b"}]},"profiles":[{{{string.Join(',', profiles)}}}]}""";
}
