using System.Text.Json;
using System.Text.Json.Nodes;
using Kagari.Server.Tests.Clients;
using Kagari.Testing;

namespace Kagari.Server.Tests.Profefe;

/// <summary>31 requests that a real profefe answered, in order, asked again.</summary>
public sealed class ProfefeContractTests
{
    /// <summary>Where ours says more than profefe, or what only it can say.</summary>
    private static readonly Dictionary<string, string> TextsOfOurs = new(StringComparer.Ordinal)
    {
        ["post-garbage"] = "malformed profile (could not parse pprof profile: ",
    };

    /// <summary>
    /// The recorded profefe finds a profile only by the first of its labels (in order of their keys), which loses
    /// <c>region=eu,version=1.0.0</c> here. Its documentation and its other storages find what has all labels that are asked for.
    /// </summary>
    private static readonly string[] FoundByEveryLabel = ["list-label", "merge-label"];

    [Fact]
    public async Task EveryRequest_HasTheRecordedAnswer()
    {
        if (Repository.SharedData is not { } data)
        {
            ExternalTool.SkipOutsideCI("No test data: set KAGARI_TEST_DATA.");
            return;
        }
        await using var server = await ClientServer.StartAsync();
        using var recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(data, "contract-profefe", "cases.json"), TestContext.Current.CancellationToken));
        var cases = recorded.RootElement.GetProperty("cases").EnumerateArray().ToList();
        cases.Count.ShouldBe(31);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in cases)
        {
            var name = one.GetProperty("name").GetString()!;
            var path = ids.Aggregate(one.GetProperty("path").GetString()!, (p, id) => p.Replace(id.Key, id.Value));
            using var request = new HttpRequestMessage(new HttpMethod(one.GetProperty("method").GetString()!), path);
            if (BodyOf(one, data) is { } body) request.Content = new ByteArrayContent(body);
            using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBe(one.GetProperty("status").GetInt32(), $"{name}: {System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 300)))}");
            if (FoundByEveryLabel.Contains(name))
            {
                CompareByLabel(name, bytes, data);
                continue;
            }
            if (one.TryGetProperty("json", out var expected)) CompareJson(name, JsonNode.Parse(expected.GetRawText())!, JsonNode.Parse(bytes)!, ids);
            if (one.TryGetProperty("responseBase64", out var profile)) CompareProfile(name, profile.GetBytesFromBase64(), bytes);
        }
    }

    /// <summary>Both profiles with the label: the first two that were posted.</summary>
    private static void CompareByLabel(string name, byte[] actual, string data)
    {
        if (name == "list-label")
        {
            JsonNode.Parse(actual)!["body"]!.AsArray().Select(p => p!["labels"]!.AsArray().Count).ShouldBe([1, 2]);
            return;
        }
        var both = new[] { "cpu-0-0000.pb.gz", "cpu-0-0002.pb.gz" }.Select(f => PprofSums.Of(File.ReadAllBytes(Path.Combine(data, "live", f))).Values).ToList();
        PprofSums.Of(actual).Values.ShouldBe([.. both[0].Zip(both[1], (a, b) => (a.Type, a.Sum + b.Sum))]);
    }

    private static void CompareJson(string name, JsonNode expected, JsonNode actual, Dictionary<string, string> ids)
    {
        actual["code"]!.GetValue<int>().ShouldBe(expected["code"]!.GetValue<int>(), name);
        if (TextsOfOurs.TryGetValue(name, out var start))
        {
            expected["error"]!.GetValue<string>().ShouldStartWith(start);
            actual["error"]!.GetValue<string>().ShouldStartWith(start);
            return;
        }
        if (name == "version")
        {
            actual["body"]!.AsObject().Select(p => p.Key).ShouldBe(expected["body"]!.AsObject().Select(p => p.Key));
            return;
        }
        if (expected["body"] is JsonObject body && body["id"] is { } id)
        {
            ids.Add(id.GetValue<string>(), actual["body"]!["id"]!.GetValue<string>());
            ids.Values.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Count, "ids are different");
        }
        Sorted(Rename(actual, ids)).ShouldBe(Sorted(expected), name);
    }

    /// <summary>Ids as they were recorded.</summary>
    private static JsonNode Rename(JsonNode node, Dictionary<string, string> ids) =>
        JsonNode.Parse(ids.Aggregate(node.ToJsonString(), (text, id) => text.Replace(id.Value, id.Key)))!;

    /// <summary>Profiles of one second stand in any order: told times have no fraction.</summary>
    private static string Sorted(JsonNode node)
    {
        if (node["body"] is not JsonArray profiles || profiles[0] is not JsonObject) return node.ToJsonString();
        profiles.Select(p => p!["created_at"]!.GetValue<string>()).ShouldBeInOrder();
        return string.Join('\n', profiles.OrderBy(p => p!["created_at"]!.GetValue<string>(), StringComparer.Ordinal)
            .ThenBy(p => p!["id"]!.GetValue<string>(), StringComparer.Ordinal).Select(p => p!.ToJsonString()));
    }

    private static void CompareProfile(string name, byte[] expected, byte[] actual)
    {
        if (name == "get-one") actual.ShouldBe(expected, "the bytes that were posted");
        var (theirs, ours) = (PprofSums.Of(expected), PprofSums.Of(actual));
        ours.PeriodType.ShouldBe(theirs.PeriodType, name);
        ours.Values.ShouldBe(theirs.Values, name);
    }

    private static byte[]? BodyOf(JsonElement one, string data) =>
        one.TryGetProperty("bodyFile", out var file) ? File.ReadAllBytes(Path.Combine(data, file.GetString()!))
            : one.TryGetProperty("bodyBase64", out var body) ? body.GetBytesFromBase64() : null;
}
