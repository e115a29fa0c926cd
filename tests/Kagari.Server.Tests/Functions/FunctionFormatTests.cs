using System.Text.Json;
using Kagari.Server.Tests.Ingest;
using Kagari.Testing;

namespace Kagari.Server.Tests.Functions;

/// <summary>The formats about functions that newer clients ask for in JSON (wire reference §13.1).</summary>
public sealed class FunctionFormatTests
{
    private const string Stacks = "main;a;f;x;leaf 5 | top;a;f;x 7 | main;b;f 3 | main;x;unrelated 100 | main;a;unrelated 200";

    [Theory]
    [InlineData("", "unrelated 300/300 x 7/112 leaf 5/5 f 3/15 main 0/308 a 0/212 top 0/7 b 0/3 = 315 of 8")]
    [InlineData("\"formatOptions\":{\"functions\":{\"limit\":\"2\"}},", "unrelated 300/300 x 7/112 = 315 of 8")]
    [InlineData("\"format_options\":{\"functions\":{\"limit\":1}},", "unrelated 300/300 = 315 of 8")]
    [InlineData("\"maxNodes\":1,", "unrelated 300/300 = 315 of 8")]
    [InlineData("\"maxNodes\":null,\"formatOptions\":{\"functions\":{\"limit\":\"0\"}},\"stackTraceSelector\":{\"callSite\":[{\"name\":\"main\"},{\"name\":\"b\"}]},", "f 3/3 b 0/3 main 0/3 = 3 of 3")]
    public async Task Functions_Options_GiveTheExactTable(string options, string expected)
    {
        await using var server = await StartAsync();
        var answer = await AskAsync(server, $"{options}\"format\":\"PROFILE_FORMAT_FUNCTIONS\"");
        var table = answer.GetProperty("functions");
        Table(table).ShouldBe(expected);
        answer.TryGetProperty("flamegraph", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Sandwich_Function_HasBothHalvesOverOneTableOfNames()
    {
        await using var server = await StartAsync();
        var answer = await AskAsync(server, "\"format\":\"PROFILE_FORMAT_SANDWICH\",\"sandwichFunction\":\"f\"");
        var sandwich = answer.GetProperty("sandwich");
        (Value(sandwich, "total"), Value(sandwich, "self")).ShouldBe((15, 3));
        Draw(sandwich, "callers").ShouldBe("f 15/3 (a 12/0 (main 5/0, top 7/0), b 3/0 (main 3/0))");
        Draw(sandwich, "callees").ShouldBe("f 15/3 (x 12/7 (leaf 5/5))");

        answer = await AskAsync(server, "\"format\":\"PROFILE_FORMAT_SANDWICH\",\"sandwich_function\":\"f\",\"maxNodes\":1");
        Draw(answer.GetProperty("sandwich"), "callers").ShouldBe("f 15/3 (a 12/0 (other 12/0 cut), other 3/0 cut)");
        Draw(answer.GetProperty("sandwich"), "callees").ShouldBe("f 15/3 (x 12/7 (other 5/5 cut))");

        answer = await AskAsync(server, "\"format\":\"PROFILE_FORMAT_SANDWICH\",\"sandwichFunction\":\"nope\"");
        Draw(answer.GetProperty("sandwich"), "callers").ShouldBe("nope 0/0");
    }

    [Fact]
    public async Task Sandwich_Recursion_CountsEveryCallAndItsTotalOnce()
    {
        await using var server = await StartAsync("main;F;F 5");
        var sandwich = (await AskAsync(server, "\"format\":\"PROFILE_FORMAT_SANDWICH\",\"sandwichFunction\":\"F\"")).GetProperty("sandwich");
        (Value(sandwich, "total"), Value(sandwich, "self")).ShouldBe((5, 5));
        Draw(sandwich, "callers").ShouldBe("F 10/5 (F 5/0 (main 5/0), main 5/0)");
        Draw(sandwich, "callees").ShouldBe("F 10/5 (F 5/5)");
    }

    [Theory]
    [InlineData("CHAIN", "BOTH", "f", ",\"maxDepth\":1", "f 15/3+ (a 12/0+, b 3/0+)", "f 15/3+ (x 12/7+)")]
    [InlineData("CHAIN", "CALLEES", "f x", "", null, "x 12/7+ (leaf 5/5)")]
    [InlineData("CHAIN", "CALLERS", "a f", ",\"max_depth\":\"1\"", "a 12/0+ (main 5/0, top 7/0)", null)]
    [InlineData("CHAIN", "CALLERS", "f a", "", "none", null)]
    [InlineData("ROOT", "CALLEES", "main a f", ",\"maxDepth\":0", null, "f 5/0+")]
    [InlineData("ROOT", "CALLEES", "", ",\"maxDepth\":1", null, " 315/0+ (main 308/0+, top 7/0+)")]
    [InlineData("ROOT", "CALLEES", "nope", "", null, "none")]
    public async Task FunctionTree_SelectionAndDirection_GiveTheAskedLevels(string selection, string direction, string path, string depth, string? callers, string? callees)
    {
        await using var server = await StartAsync();
        var full = selection == "ROOT" ? "FUNCTION_TREE_SELECTION_ROOT_PATH" : "FUNCTION_TREE_SELECTION_FUNCTION_CHAIN";
        var site = string.Join(',', path.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => $"{{\"name\":\"{n}\"}}"));
        var answer = await AskAsync(server, $"\"format\":\"PROFILE_FORMAT_FUNCTION_TREE\",\"stackTraceSelector\":{{\"callSite\":[{site}]}},"
            + $"\"formatOptions\":{{\"functionTree\":{{\"selection\":\"{full}\",\"direction\":\"FUNCTION_TREE_DIRECTION_{direction}\"{depth}}}}}");
        var tree = answer.GetProperty("functionTree");
        Half("callers").ShouldBe(callers);
        Half("callees").ShouldBe(callees);

        string? Half(string name) => !tree.TryGetProperty(name, out var half) ? null : half.TryGetProperty("root", out var root) ? DrawNode(root) : "none";
    }

    [Fact]
    public async Task Diff_FormatOfTheRequest_JoinsBothSidesInARow()
    {
        await using var server = await StartAsync("a 5 | b 1");
        var (status, body) = await server.QueryAsync(
            "Diff", $$"""{"left":{{{Side(server)}}},"right":{{{Side(server, "{service_name=\\\"nope\\\"}")}}},"format":"PROFILE_FORMAT_FUNCTIONS","maxNodes":1}""");
        (status, body).ShouldBe((200, """{"functions":{"functions":[{"name":"a","leftSelf":"5","leftTotal":"5"}],"leftTotal":"6","totalFunctions":"2"}}"""));
    }

    [Fact]
    public async Task Diff_FormatOfTheLeftSide_GivesBothAnswers()
    {
        await using var server = await StartAsync();
        var (status, body) = await server.QueryAsync(
            "Diff", $$"""{"left":{{{Side(server)}},"format":"PROFILE_FORMAT_FUNCTIONS","formatOptions":{"functions":{"limit":"1"} } },"right":{{{Side(server)}} } }""");
        status.ShouldBe(200, body);
        using var tables = JsonDocument.Parse(body);
        foreach (var side in new[] { "left", "right" }) Table(tables.RootElement.GetProperty("functions").GetProperty(side)).ShouldBe("unrelated 300/300 = 315 of 8");

        const string Tree = "\"format\":\"PROFILE_FORMAT_FUNCTION_TREE\",\"formatOptions\":{\"functionTree\":{\"selection\":\"FUNCTION_TREE_SELECTION_FUNCTION_CHAIN\",\"direction\":\"FUNCTION_TREE_DIRECTION_CALLEES\"}}";
        const string Site = "\"stackTraceSelector\":{\"callSite\":[{\"name\":\"f\"}]}";
        (status, body) = await server.QueryAsync("Diff", $$"""{"left":{{{Side(server)}},{{Site}},{{Tree}}},"right":{{{Side(server)}},{{Site}} } }""");
        status.ShouldBe(200, body);
        using var trees = JsonDocument.Parse(body);
        foreach (var side in new[] { "left", "right" })
            DrawNode(trees.RootElement.GetProperty("functionTree").GetProperty(side).GetProperty("callees").GetProperty("root")).ShouldBe("f 15/3+ (x 12/7+)");
    }

    [Theory]
    [InlineData("\"format\":\"PROFILE_FORMAT_SANDWICH\"", "sandwich_function is required")]
    [InlineData("\"format\":\"PROFILE_FORMAT_FUNCTIONS\",\"formatOptions\":{\"functions\":{\"limit\":\"-1\"}}", "format_options.functions.limit is -1")]
    [InlineData("\"format\":\"PROFILE_FORMAT_FUNCTIONS\",\"formatOptions\":{\"functions\":{\"limit\":[]}}", "expected a whole number")]
    [InlineData("\"format\":\"PROFILE_FORMAT_FUNCTION_TREE\"", "format_options.function_tree is required")]
    [InlineData("\"format\":\"PROFILE_FORMAT_FUNCTION_TREE\",\"formatOptions\":{\"functionTree\":{\"selection\":\"x\"}}", "selection is 'x'")]
    [InlineData("\"format\":\"PROFILE_FORMAT_FUNCTION_TREE\",\"formatOptions\":{\"functionTree\":{\"selection\":\"FUNCTION_TREE_SELECTION_ROOT_PATH\",\"direction\":\"FUNCTION_TREE_DIRECTION_BOTH\"}}", "callees only")]
    [InlineData("\"format\":\"PROFILE_FORMAT_FUNCTION_TREE\",\"formatOptions\":{\"functionTree\":{\"selection\":\"FUNCTION_TREE_SELECTION_FUNCTION_CHAIN\",\"direction\":\"FUNCTION_TREE_DIRECTION_BOTH\"}}", "call_site is required")]
    [InlineData("\"format\":\"PROFILE_FORMAT_FUNCTION_TREE\",\"formatOptions\":{\"functionTree\":{\"selection\":\"FUNCTION_TREE_SELECTION_FUNCTION_CHAIN\",\"direction\":\"FUNCTION_TREE_DIRECTION_BOTH\",\"maxDepth\":129}}", "max_depth is 129; expected 0 to 128")]
    public async Task AnyFormat_WrongOption_IsRefusedInWords(string fields, string message)
    {
        await using var server = await StartAsync("a 1");
        var (status, body) = await server.QueryAsync("SelectMergeStacktraces", $"{{{Side(server)},{fields}}}");
        status.ShouldBe(400, body);
        body.ShouldContain(message);
        body.ShouldContain("invalid_argument");
    }

    [Fact]
    public async Task Sandwich_StackOfAThousandFrames_IsWrittenWhole()
    {
        var deep = string.Join(';', Enumerable.Range(0, 990).Select(i => $"f{i}"));
        await using var server = await StartAsync($"{deep} 1");
        var (status, body) = await server.QueryAsync("SelectMergeStacktraces", $"{{{Side(server)},\"format\":\"PROFILE_FORMAT_SANDWICH\",\"sandwichFunction\":\"f0\"}}");
        status.ShouldBe(200, body);
        using var answer = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 5000 });
        Draw(answer.RootElement.GetProperty("sandwich"), "callees").ShouldEndWith("(f989 1/1" + new string(')', 989));
    }

    private static async Task<LiveServer> StartAsync(string drawing = Stacks)
    {
        var server = await LiveServer.StartAsync();
        (await server.PushAsync(Drawings.Pprof(drawing, "cpu:nanoseconds"))).Status.ShouldBe(200);
        return server;
    }

    private static string Side(LiveServer server, string selector = "{}") => $"\"profileTypeID\":\"{LiveServer.CpuType}\",\"labelSelector\":\"{selector}\",{server.Range}";

    private static async Task<JsonElement> AskAsync(LiveServer server, string fields)
    {
        var (status, body) = await server.QueryAsync("SelectMergeStacktraces", $"{{{Side(server)},{fields}}}");
        status.ShouldBe(200, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }

    private static string Table(JsonElement table) =>
        string.Join(' ', table.GetProperty("functions").EnumerateArray().Select(r => $"{r.GetProperty("name").GetString()} {Value(r, "self")}/{Value(r, "total")}"))
        + $" = {Value(table, "total")} of {Value(table, "totalFunctions")}";

    private static string Draw(JsonElement sandwich, string half) =>
        DrawNode(sandwich.GetProperty(half), [.. sandwich.GetProperty("names").EnumerateArray().Select(n => n.GetString()!)]);

    /// <summary>A node as <c>name total/self (children)</c>; + for children that may be asked for, cut for what stands in.</summary>
    private static string DrawNode(JsonElement node, string[]? names = null)
    {
        var name = names is null ? node.GetProperty("name").GetString() : names[node.GetProperty("nameIndex").GetInt32()];
        var text = $"{name} {Value(node, "total")}/{Value(node, "self")}";
        if (node.TryGetProperty("hasChildren", out var more) && more.GetBoolean()) text += "+";
        if (node.TryGetProperty("truncated", out var cut) && cut.GetBoolean()) text += " cut";
        return node.TryGetProperty("children", out var children) && children.GetArrayLength() > 0
            ? $"{text} ({string.Join(", ", children.EnumerateArray().Select(c => DrawNode(c, names)))})" : text;
    }

    private static long Value(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) ? long.Parse(value.GetString()!) : 0;
}
