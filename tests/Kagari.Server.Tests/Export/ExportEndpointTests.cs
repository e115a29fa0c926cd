using System.Text.Json;
using Kagari.Server.Export;
using Kagari.Server.Tests.Ingest;

namespace Kagari.Server.Tests.Export;

/// <summary><c>GET /api/v1/export</c>: every sample as a line.</summary>
public sealed class ExportEndpointTests
{
    private const string Type = "memory:alloc_objects:count::";

    [Fact]
    public async Task Ndjson_HasEverySampleOfEveryProfile()
    {
        await using var server = await LiveServer.StartAsync();
        for (var i = 0; i < 3; i++)
            (await server.IngestAsync($"name=s.alloc_objects{{pod=p{i}}}&from={server.NowSeconds - i}&until={server.NowSeconds - i}", $"main;wo:rk {i + 1}\nmain \"x\" 2\n")).Status.ShouldBe(200);
        var lines = (await GetAsync(server, "")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.Select(l => $"{l.GetProperty("time").GetString()} {l.GetProperty("labels").GetProperty("pod").GetString()} {l.GetProperty("stack").GetString()} {l.GetProperty("leaf").GetString()} {l.GetProperty("self").GetInt64()}")
            .Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 3).SelectMany(i => new[]
            {
                $"{LineWriter.Time((server.NowSeconds - i) * 1_000_000_000)} p{i} main \"x\" main \"x\" 2",
                $"{LineWriter.Time((server.NowSeconds - i) * 1_000_000_000)} p{i} main;wo:rk wo:rk {i + 1}",
            }).Order(StringComparer.Ordinal));
        lines.ShouldAllBe(l => l.GetProperty("type").GetString() == Type && l.GetProperty("unit").GetString() == "count" && l.GetProperty("service_name").GetString() == "s");
        lines[0].GetProperty("labels").EnumerateObject().Select(p => p.Name).ShouldBe(["pod", "pyroscope_spy"]);
    }

    [Fact]
    public async Task Csv_QuotesWhatNeedsIt()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestAsync($"name=s.alloc_objects&from={server.NowSeconds}&until={server.NowSeconds}", "main;f(int, \"a\") 2\n")).Status.ShouldBe(200);
        var time = LineWriter.Time(server.NowSeconds * 1_000_000_000);
        (await GetAsync(server, "&format=csv")).ShouldBe(
            "time,type,unit,service_name,labels,stack,leaf,self\n"
            + $"{time},{Type},count,s,\"{{\"\"pyroscope_spy\"\":\"\"unknown\"\"}}\",\"main;f(int, \"\"a\"\")\",\"f(int, \"\"a\"\")\",2\n");
    }

    [Fact]
    public async Task Export_OfMuch_IsWholeAndAddsUp()
    {
        await using var server = await LiveServer.StartAsync();
        var text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"main;function_{i % 40};with_a_long_name_{i} {i}\n"));
        for (var i = 0; i < 10; i++) (await server.IngestAsync($"name=s.alloc_objects&from={server.NowSeconds - i}&until={server.NowSeconds - i}", text)).Status.ShouldBe(200);
        var lines = (await GetAsync(server, "&format=csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1 + (10 * 1999), "0 counts nothing");
        lines.Skip(1).Sum(l => long.Parse(l[(l.LastIndexOf(',') + 1)..], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(10 * 1999 * 1000);
    }

    [Fact]
    public async Task Query_WithoutAType_IsAllOfThem()
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var (type, value) in new[] { ("alloc_objects", 2), ("alloc_space", 700) })
            (await server.IngestAsync($"name=s.{type}&from={server.NowSeconds}&until={server.NowSeconds}", $"main {value}\n")).Status.ShouldBe(200);
        var (status, body) = await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/export?query={Uri.EscapeDataString("{service_name=\"s\"}")}"));
        status.ShouldBe(200, body);
        body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)
            .Select(l => $"{l.GetProperty("type").GetString()} {l.GetProperty("unit").GetString()} {l.GetProperty("self").GetInt64()}").Order(StringComparer.Ordinal)
            .ShouldBe(["memory:alloc_objects:count:: count 2", "memory:alloc_space:bytes:: bytes 700"]);
    }

    [Theory]
    [InlineData("format=xml&query=memory:alloc_objects:count::%7B%7D", "\"format\" is 'xml'; expected ndjson, csv or parquet")]
    [InlineData("format=csv", "query")]
    public async Task Wrong_IsNamed(string parameters, string message)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/export?{parameters}"));
        status.ShouldBe(400);
        JsonDocument.Parse(body).RootElement.GetProperty("message").GetString()!.ShouldContain(message);
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000000000Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(1_700_000_000_123_456_789, "2023-11-14T22:13:20.123456789Z")]
    public void Time_IsToTheNanosecond(long nanos, string text) => LineWriter.Time(nanos).ShouldBe(text);

    private static async Task<string> GetAsync(LiveServer server, string more)
    {
        var (status, body) = await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/export?query={Uri.EscapeDataString(Type + "{}")}{more}"));
        status.ShouldBe(200, body);
        return body;
    }
}
