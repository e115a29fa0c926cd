using Kagari.Cli.Rendering;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Rendering;

public sealed class FlameGraphTextTests
{
    [Fact]
    public void Write_WithoutColour_DrawsIcicles() =>
        Draw("main;work;sort 40 | main;work;io 20 | main;net/http.(*conn).serve 15 | gc 25", width: 60).ShouldBe("""
            │total 100%
            │gc 25%        │main 75%
                           │net/htt…│work 60%
                                    │io 20%     │sort 40%

            """);

    [Fact]
    public void Write_CellsNarrowerThanAColumn_AreLeftOut() =>
        Draw("a 1000 | b;c 1", width: 40).ShouldBe("""
            │total 100%
            │a 99.9%

            """);

    [Fact]
    public void Write_EveryRow_FitsTheWidth()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var stacks = Enumerable.Range(0, 30).Select(_ => string.Join(';', Enumerable.Range(0, random.Next(1, 6)).Select(_ => "f" + random.Next(9))) + " " + random.Next(1, 50));
            var width = random.Next(40, 200);
            Draw(string.Join(" | ", stacks), width).Split('\n').ShouldAllBe(line => line.Length <= width, $"round {round}");
        }
    }

    [Fact]
    public void Write_WithDepth_SaysWhatIsMissing() =>
        Draw("a;b;c;d 1", width: 40, depth: 2).ShouldBe("""
            │total 100%
            │a 100%
            … 3 deeper levels are not shown; see --depth

            """);

    [Fact]
    public void Write_EmptyTree_DrawsNothing() => Draw("", width: 40).ShouldBe("");

    [Fact]
    public void Write_NameWithEscapes_CannotSteerTheTerminal() => Draw("a\e[2Jb 1", width: 40).ShouldContain("a\uFFFD[2Jb 100%");

    [Fact]
    public void Write_WithColour_PaintsEachCellAndResets()
    {
        var output = new StringWriter { NewLine = "\n" };
        FlameGraphText.Write(FlameGraph.Build(Drawings.Tree("a 1 | b 1"), 0), 40, hasColor: true, 0, output);
        var row = output.ToString().Split('\n')[1];
        row.ShouldBe($"{Palette.Of("a")}{"│a 50%",-20}{Palette.Reset}{Palette.Of("b")}{"│b 50%",-20}{Palette.Reset}");
        Palette.Of("a").ShouldBe(Palette.Of("a"));
    }

    private static string Draw(string drawing, int width, int depth = 0)
    {
        var output = new StringWriter { NewLine = "\n" };
        FlameGraphText.Write(FlameGraph.Build(Drawings.Tree(drawing), 0), width, hasColor: false, depth, output);
        return output.ToString();
    }
}
