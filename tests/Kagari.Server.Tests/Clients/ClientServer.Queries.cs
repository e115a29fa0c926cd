using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using Kagari.Wire.Querier;

namespace Kagari.Server.Tests.Clients;

internal sealed partial class ClientServer
{
    private const string Querier = "/querier.v1.QuerierService/";

    /// <summary>All of time, milliseconds: from 1970 to 2100. A start of 0 would be one that is missing.</summary>
    public const long StartMillis = 1, EndMillis = 4_102_444_800_000;

    /// <summary>The profile types that there are, sorted.</summary>
    public async Task<string[]> ProfileTypesAsync()
    {
        var answer = await AskJsonAsync("ProfileTypes", new { start = StartMillis, end = EndMillis });
        return [.. Items(answer, "profileTypes").Select(t => t.GetProperty("ID").GetString()!).Order(StringComparer.Ordinal)];
    }

    /// <summary>The label sets of a selector, each as <c>name=value</c> in the order of the answer.</summary>
    public async Task<string[][]> SeriesAsync(string selector, params string[] names)
    {
        var answer = await AskJsonAsync("Series", new { start = StartMillis, end = EndMillis, matchers = new[] { selector }, labelNames = names });
        return [.. Items(answer, "labelsSet").Select(s => Items(s, "labels")
            .Select(l => $"{l.GetProperty("name").GetString()}={l.GetProperty("value").GetString()}").ToArray())];
    }

    /// <summary>The flame graph in JSON, where 64-bit numbers are text.</summary>
    public async Task<FlameGraph> StacksByJsonAsync(string type, string selector)
    {
        var answer = await AskJsonAsync("SelectMergeStacktraces", new { profileTypeID = type, labelSelector = selector, start = StartMillis, end = EndMillis });
        return answer.TryGetProperty("flamegraph", out var graph) ? JsonParser.Default.Parse<FlameGraph>(graph.GetRawText()) : new FlameGraph();
    }

    public async Task<FlameGraph> StacksByProtoAsync(string type, string selector)
    {
        var request = new SelectMergeStacktracesRequest { ProfileTypeID = type, LabelSelector = selector, Start = StartMillis, End = EndMillis };
        return SelectMergeStacktracesResponse.Parser.ParseFrom(await AskProtoAsync("SelectMergeStacktraces", request)).Flamegraph ?? new FlameGraph();
    }

    /// <summary>The merged profile as the bytes of the answer, which are a pprof.</summary>
    public Task<byte[]> PprofAsync(string type, string selector) =>
        AskProtoAsync("SelectMergeProfile", new SelectMergeProfileRequest { ProfileTypeID = type, LabelSelector = selector, Start = StartMillis, End = EndMillis });

    /// <summary>The flame graph of the older API.</summary>
    public async Task<JsonElement> RenderAsync(string type, string selector, string from = "now-1h", string until = "now")
    {
        var path = $"/pyroscope/render?query={Uri.EscapeDataString(type + selector)}&from={from}&until={until}";
        return (await _questions.GetFromJsonAsync<JsonElement>(path)).GetProperty("flamebearer");
    }

    public async Task<JsonElement> AskJsonAsync(string method, object request)
    {
        using var answer = await _questions.PostAsJsonAsync(Querier + method, request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<byte[]> AskProtoAsync(string method, IMessage request)
    {
        using var content = new ByteArrayContent(request.ToByteArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/proto");
        using var answer = await _questions.PostAsync(Querier + method, content);
        var body = await answer.Content.ReadAsByteArrayAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method}: {answer.StatusCode}");
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/proto");
        return body;
    }

    /// <summary>A list of a message in JSON; an empty one is left out by proto3.</summary>
    private static IEnumerable<JsonElement> Items(JsonElement message, string name) =>
        message.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];
}
