using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Tests.Ingest;
using Kagari.Testing;

namespace Kagari.Server.Tests.Functions;

/// <summary>One profile, or one span, in questions about functions.</summary>
public sealed class SingleProfileTests
{
    [Fact]
    public async Task AnyQuestion_OfAProfileOrASpan_CountsOnlyIt()
    {
        await using var server = await LiveServer.StartAsync();
        await PushAsync(server, "main;a 1 {span_id=abcdefabcdefabcd} | main;b 2", server.NowMillis - 120_000);
        await PushAsync(server, "main;a 10 | main;c 20 {span_id=a1a1a1a1a1a1a1a1}", server.NowMillis - 60_000);
        var first = await IdAsync(server, "first");
        var last = await IdAsync(server, "last");
        (await TotalsAsync(server, "functions", "")).ShouldBe("c 20, a 11, b 2, main 33");
        (await TotalsAsync(server, "functions", $"&profileId={first}")).ShouldBe("b 2, a 1, main 3");
        (await TotalsAsync(server, "functions", $"&profileId={first}&profileId={last}")).ShouldBe("c 20, a 11, b 2, main 33");
        (await TotalsAsync(server, "functions", "&spanId=abcdefabcdefabcd")).ShouldBe("a 1, main 1");
        (await TotalsAsync(server, "functions", $"&spanId=abcdefabcdefabcd&spanId=a1a1a1a1a1a1a1a1&profileId={last}")).ShouldBe("c 20, main 20");
        (await TotalsAsync(server, "functions", $"&function=a&profileId={last}")).ShouldBe("a 10, main 10");
        (await BodyAsync(server, "sandwich", $"&function=a&profileId={first}")).ShouldContain("\"found\":true,\"self\":1,\"total\":1,");
        (await BodyAsync(server, "flamegraph", $"&profileId={first}")).ShouldContain("\"total\":[3,3,");
        (await BodyAsync(server, "lines", $"&function=a&spanId=abcdefabcdefabcd")).ShouldContain("\"self\":1,\"total\":1,\"files\"");
    }

    [Theory]
    [InlineData("&profileId=x", "invalid profile id 'x': expected a UUID")]
    [InlineData("&spanId=12", "expected 16 hex digits")]
    [InlineData("&traceId=12", "expected 32 hex digits")]
    public async Task Singles_ThatAreNone_AreNamed(string parameter, string message)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await SendAsync(server, "functions", parameter);
        status.ShouldBe(400);
        body.ShouldContain(message);
    }

    private static async Task PushAsync(LiveServer server, string drawing, long millis)
    {
        var profile = Drawings.Profile(drawing, "cpu:nanoseconds");
        profile.TimeNanos = millis * 1_000_000;
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        (await server.PushAsync(bytes.WrittenSpan.ToArray(), [("__name__", "process_cpu"), ("service_name", "cart")])).Status.ShouldBe(200);
    }

    private static async Task<string> IdAsync(LiveServer server, string which)
    {
        using var json = JsonDocument.Parse(await BodyAsync(server, "seen", "&function=main"));
        return json.RootElement.GetProperty(which).GetProperty("profileId").GetString()!;
    }

    private static async Task<string> TotalsAsync(LiveServer server, string endpoint, string more)
    {
        using var json = JsonDocument.Parse(await BodyAsync(server, endpoint, more));
        return string.Join(", ", json.RootElement.GetProperty("functions").EnumerateArray().Select(f => $"{f.GetProperty("name").GetString()} {f.GetProperty("total").GetInt64()}"));
    }

    private static async Task<string> BodyAsync(LiveServer server, string endpoint, string more)
    {
        var (status, body) = await SendAsync(server, endpoint, more);
        status.ShouldBe(200, body);
        return body;
    }

    private static Task<(int Status, string Body)> SendAsync(LiveServer server, string endpoint, string more) =>
        server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{endpoint}?query={Uri.EscapeDataString(LiveServer.CpuType + "{}")}{more}"));
}
