using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs.Columnar;

public sealed class ColumnarGraphTests
{
    private const string Drawing = "main;work;inner 9 | main;work 3 | main;idle 5";

    [Theory]
    [InlineData(0, "0 0/17 | 1 main 0/17 | 2 idle 5/5 | 2 work 3/12 | 3 inner 9/9")]
    [InlineData(4, "0 0/17 | 1 main 0/17 | 2 idle 5/5 | 2 work 3/12 | 3 inner 9/9")]
    [InlineData(2, "0 0/17 | 1 main 0/17 +1=5 | 2 work 3/12 +1=9")]
    [InlineData(1, "0 0/17 | 1 main 0/17 +3=17")]
    public void Build_Budget_FoldsWhatIsNotDrawn(int maxNodes, string expected) =>
        Draw(ColumnarGraph.Build(Drawings.Tree(Drawing), maxNodes)).ShouldBe(expected);

    [Fact]
    public void Build_DeepStackOfEqualTotals_DrawsTheRootSide() =>
        Draw(ColumnarGraph.Build(Drawings.Tree("a;b;c;d 4"), 2)).ShouldBe("0 0/4 | 1 a 0/4 | 2 b 0/4 +2=4");

    [Fact]
    public void Build_EmptyTree_IsOneNode() => Draw(ColumnarGraph.Build(new FunctionTree(), 5)).ShouldBe("0 0/0");

    [Fact]
    public void TryBuild_CallSite_StartsAtItAndCarriesItsAncestors()
    {
        var tree = Drawings.Tree(Drawing + " | main;work;inner;x 2 | other 4");
        ColumnarGraph.TryBuild(tree, ["main", "work"], 1, out var graph).ShouldBeTrue();
        Draw(graph).ShouldBe("0 work 3/14 | 1 inner 9/11 +1=2");
        graph.Trees[0].Ancestors.ToArray().Select(a => (a.Name < 0 ? "" : graph.Names.GetString(a.Name), a.Self, a.Total))
            .ShouldBe([("", 0, 23), ("main", 0, 19)]);
        ColumnarGraph.TryBuild(tree, ["work"], 1, out _).ShouldBeFalse();
        ColumnarGraph.TryBuild(tree, ["main", "nope"], 1, out _).ShouldBeFalse();
    }

    [Fact]
    public void Build_AnyTree_AgreesWithExpandedStacks()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var tree = RandomTrees.Make(random, random.Next(40));
            var maxNodes = random.Next(4) == 0 ? 0 : random.Next(1, 60);
            var graph = ColumnarGraph.Build(tree, maxNodes);
            ExpandedStacks.Draw(graph, graph.Trees[0]).ShouldBe(ExpandedStacks.Of(tree).Columns(maxNodes), $"seed {seed}");
        }
    }

    [Fact]
    public void TryBuild_AnyCallSite_AgreesWithExpandedStacks()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var tree = RandomTrees.Make(random, 40);
            var stacks = ExpandedStacks.Of(tree);
            var site = stacks.Stacks[random.Next(stacks.Stacks.Count)].Frames;
            site = site[..random.Next(site.Length + 1)];
            ColumnarGraph.TryBuild(tree, site, 7, out var graph).ShouldBeTrue($"seed {seed}");
            var name = site.Length == 0 ? "" : site[^1] + (site[^1].Length > 0 ? " " : "");
            ExpandedStacks.Draw(graph, graph.Trees[0]).ShouldBe(stacks.Below(site).Columns(7).Insert(2, name), $"seed {seed}");
            graph.Trees[0].Ancestors.ToArray().Select(a => a.Total)
                .ShouldBe(Enumerable.Range(0, site.Length).Select(depth => stacks.Below(site[..depth]).Total), $"seed {seed}");
        }
    }

    [Fact]
    public void Build_ValuesBeyond64Bits_AreCutNotNegative()
    {
        var graph = ColumnarGraph.Build(Drawings.Tree($"a {long.MaxValue} | b {long.MaxValue}"), 1);
        Draw(graph).ShouldBe($"0 0/{long.MaxValue} +1=0 | 1 a {long.MaxValue}/{long.MaxValue}");
    }

    private static string Draw(ColumnarGraph graph) => ExpandedStacks.Draw(graph, graph.Trees.ShouldHaveSingleItem()).Replace("\n", " | ");
}
