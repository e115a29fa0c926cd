using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs;

public sealed class WriterTests
{
    [Fact]
    public void Collapsed_Tree_IsSortedByPath() =>
        Collapsed(Drawings.Tree("b 1 | a;c 2 | a 3 | a;b;x 4 | a-b 5")).ShouldBe("a 3\na;b;x 4\na;c 2\na-b 5\nb 1\n");

    [Fact]
    public void Collapsed_RootSelf_IsALineWithoutFrames() => Collapsed(Drawings.Tree(" 5 | a 1")).ShouldBe(" 5\na 1\n");

    [Fact]
    public void Collapsed_SpecialCharacters_AreReplaced()
    {
        var tree = new FunctionTree();
        tree.AddStack([tree.Names.Intern("Lfoo;.bar\r\n"), tree.Names.Intern("x")], 1);
        Collapsed(tree).ShouldBe("Lfoo:.bar  ;x 1\n");
    }

    [Fact]
    public void Collapsed_AnyTree_IsReadBack()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var tree = RandomTrees.Make(new Random(seed), 50);
            var profile = new FlatProfile();
            FoldedReader.TryRead(Encoding.UTF8.GetBytes(Collapsed(tree)), profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
            // An empty frame at the leaf is none in text.
            var expected = Drawings.Draw(tree).Split(" | ").Select(s => s.Split(' ')[^1]).Sum(long.Parse);
            var sum = 0L;
            foreach (var value in profile.Values.Span) sum += value;
            sum.ShouldBe(expected, $"seed {seed}");
        }
    }

    [Fact]
    public void Json_OneTree_IsThePeersText()
    {
        var json = Json(w => FlamebearerJson.Write(
            w,
            FlameGraph.Build(Drawings.Tree("main 10"), 0),
            new RenderMetadata("cpu", "samples", 1_000_000_000),
            new RenderTimeline(1676282400, [0, 12], 15)));
        json.ShouldBe("""
            {"version":1,"flamebearer":{"names":["total","main"],"levels":[[0,10,0,0],[0,10,10,1]],"numTicks":10,"maxSelf":10},"metadata":{"format":"single","spyName":"","sampleRate":1000000000,"units":"samples","name":"cpu"},"timeline":{"startTime":1676282400,"samples":[0,12],"durationDelta":15,"watermarks":null},"groups":null,"heatmap":null}
            """);
    }

    [Fact]
    public void Json_Groups_AreSortedByValue()
    {
        var timeline = new RenderTimeline(0, [1], 15);
        var json = Json(w => FlamebearerJson.Write(
            w, FlameGraph.Build(new FunctionTree(), 0), RenderMetadata.Of(default), timeline, new Dictionary<string, RenderTimeline> { ["us"] = timeline, ["eu"] = timeline }));
        json.ShouldContain("""
            "groups":{"eu":{"startTime":0,"samples":[1],"durationDelta":15,"watermarks":null},"us":{"startTime":0,"samples":[1],"durationDelta":15,"watermarks":null}},"heatmap":null
            """.Trim());
    }

    [Fact]
    public void Json_TwoTrees_IsThePeersText()
    {
        var json = Json(w => FlamebearerJson.Write(
            w, FlameGraphDiff.Build(Drawings.Tree("a 1"), Drawings.Tree("a 2"), 0), RenderMetadata.Of(new ProfileTypeId("process_cpu", "cpu", "nanoseconds", "cpu", "nanoseconds"))));
        json.ShouldBe("""
            {"version":1,"flamebearer":{"names":["total","a"],"levels":[[0,1,0,0,2,0,0],[0,1,1,0,2,2,1]],"numTicks":3,"maxSelf":2},"metadata":{"format":"double","spyName":"","sampleRate":1000000000,"units":"samples","name":"cpu"},"timeline":null,"groups":null,"heatmap":null,"leftTicks":1,"rightTicks":2}
            """);
    }

    [Fact]
    public void Dot_Tree_DrawsFunctionsAndCalls()
    {
        var text = Dot(Drawings.Tree("main;work;main;work 3 | main;\"q\"\\ 1"), 0);
        text.ShouldStartWith("digraph \"cpu\" {\n");
        text.ShouldContain("N1 [label=\"work\\n3 ns (75%)\" id=\"node1\" fontsize=24 ");
        text.ShouldContain("N2 [label=\"\\\"q\\\"\\\\\\n1 ns (25%)\"");
        text.ShouldContain("N3 [label=\"main\\n0 (0%)\\nof 4 ns (100%)\"");
        text.ShouldContain("N3 -> N1 [label=\" 3 ns\"");      // twice in the stack, counted once
        text.ShouldContain("N1 -> N3 [label=\" 3 ns\"");
        text.ShouldContain("N3 -> N2 [label=\" 1 ns\"");
        text.ShouldEndWith("}\n");
    }

    [Fact]
    public void Dot_FewerNodes_DrawsDottedCallsOverTheGap()
    {
        var text = Dot(Drawings.Tree("a 10 | a;b;c 5 | x;c 7"), 2);
        text.ShouldContain("Showing 2 of 4 functions");
        text.ShouldContain("N2 -> N1 [label=\" 5 ns\"");
        text.ShouldContain("a ... c (5 ns)");
        text.ShouldContain("style=\"dotted\"");
    }

    [Fact]
    public void Dot_EmptyTree_WritesNothing() => Dot(new FunctionTree(), 100).ShouldBe("");

    [Fact]
    public void Dot_AnyTree_IsDeterministicAndBalanced()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var text = Dot(RandomTrees.Make(new Random(seed), 50), 10);
            Dot(RandomTrees.Make(new Random(seed), 50), 10).ShouldBe(text, $"seed {seed}");
        }
    }

    [Fact]
    public void Svg_AnyTree_IsWellFormedAndDeterministic()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var tree = RandomTrees.Make(new Random(seed), 50);
            tree.AddStack([tree.Names.Intern("<a href=\"x\">&\u0001\uFFFE")], 50_000);
            var text = Svg(tree);
            var document = XDocument.Parse(text);
            document.Root!.Name.LocalName.ShouldBe("svg");
            document.Descendants().Count(e => e.Name.LocalName == "title").ShouldBeGreaterThan(1);
            Svg(tree).ShouldBe(text, $"seed {seed}");
        }
    }

    [Fact]
    public void Svg_Node_HasItsTooltipAndALabelThatFits()
    {
        var text = Svg(Drawings.Tree("main;averyveryverylongname 1 | main;rest 9"));
        text.ShouldContain("<title>averyveryverylongname: 1 ns (10%), self 1 ns</title>");
        text.ShouldContain(">averyveryverylo…</text>");
    }

    [Theory]
    [InlineData(0, "nanoseconds", "0")]
    [InlineData(1_234_567_890, "nanoseconds", "1.23 s")]
    [InlineData(15, "milliseconds", "15 ms")]
    [InlineData(7_200, "seconds", "2 h")]
    [InlineData(-1_500, "nanoseconds", "-1.5 µs")]
    [InlineData(4_200_000, "bytes", "4.2 MB")]
    [InlineData(12, "count", "12")]
    public void ValueText_Value_IsReadable(long value, string unit, string text) => ValueText.Format(value, unit).ShouldBe(text);

    private static string Collapsed(FunctionTree tree)
    {
        var bytes = new ArrayBufferWriter<byte>();
        CollapsedWriter.Write(tree, bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string Dot(FunctionTree tree, int maxNodes)
    {
        using var text = new StringWriter();
        DotWriter.Write(tree, maxNodes, "cpu", "nanoseconds", text);
        return text.ToString();
    }

    private static string Svg(FunctionTree tree)
    {
        using var text = new StringWriter();
        SvgWriter.Write(FlameGraph.Build(tree, 0), "cpu <of> \"app\"", "nanoseconds", text);
        return text.ToString();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
