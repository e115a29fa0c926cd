using Kagari.Profiles;
using Kagari.Server.Tests.Ingest;

namespace Kagari.Server.Tests.Functions;

/// <summary><c>/api/v1/lines</c> over HTTP; what it counts is tested beside the engine.</summary>
public sealed class LineEndpointTests
{
    [Fact]
    public async Task Lines_Function_HasFilesLinesAndRepositories()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.PushAsync(Pprof(server.NowMillis - 60_000),
            [("__name__", "process_cpu"), ("service_name", "cart"), ("service_repository", "https://github.com/shop/cart"), ("service_git_ref", "v1"), ("service_root_path", "cmd")])).Status.ShouldBe(200);
        var query = Uri.EscapeDataString(LiveServer.CpuType + "{}");
        (await server.Http.GetStringAsync(new Uri($"/api/v1/lines?query={query}&function={Uri.EscapeDataString("Cart.Add<T>")}", UriKind.Relative))).ShouldBe(
            $$"""{"type":"{{LiveServer.CpuType}}","unit":"nanoseconds","function":"Cart.Add<T>","found":true,"self":10,"total":70,"files":[{"file":"/src/cart.go","startLine":40,"self":10,"total":70,"""
            + "\"lines\":[{\"line\":42,\"self\":0,\"total\":60},{\"line\":45,\"self\":8,\"total\":8}],\"unknown\":{\"self\":2,\"total\":2}}],"
            + "\"repositoryCount\":1,\"repositories\":[{\"repository\":\"https://github.com/shop/cart\",\"gitRef\":\"v1\",\"rootPath\":\"cmd\"}]}");
        (await server.Http.GetStringAsync(new Uri($"/api/v1/lines?query={query}&function=nope", UriKind.Relative))).ShouldContain("\"found\":false,\"self\":0,\"total\":0,\"files\":[]");
    }

    /// <summary><c>main → Cart.Add:42 → gc</c> 60, <c>Cart.Add:45</c> 8, <c>Cart.Add</c> at no line 2.</summary>
    private static byte[] Pprof(long millis)
    {
        var profile = new FlatProfile();
        profile.Clear();
        profile.TimeNanos = millis * 1_000_000;
        profile.SampleTypes.Add(new Profiles.ValueType(profile.AddString("cpu"), profile.AddString("nanoseconds")));
        profile.Functions.Add(new Function(profile.AddString("main"), 0, profile.AddString("/src/main.go"), 1));
        profile.Functions.Add(new Function(profile.AddString("Cart.Add<T>"), 0, profile.AddString("/src/cart.go"), 40));
        profile.Functions.Add(new Function(profile.AddString("gc"), 0, 0, 0));
        foreach (var (function, line) in new[] { (0, 3), (1, 42), (1, 45), (1, 0), (2, 9) })
        {
            profile.Lines.Add(new Line(function, 0, line));
            profile.Locations.Add(new Location(-1, profile.Lines.Count - 1, 1, 0));
        }
        foreach (var (stack, value) in new (int[], long)[] { ([4, 1, 0], 60), ([2, 0], 8), ([3, 0], 2) })
        {
            profile.Samples.Add(new Sample(profile.Stacks.Count, stack.Length, 0, 0));
            profile.Stacks.AddRange(stack);
            profile.Values.Add(value);
        }
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
