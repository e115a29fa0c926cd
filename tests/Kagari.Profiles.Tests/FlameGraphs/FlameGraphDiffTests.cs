using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs;

public sealed class FlameGraphDiffTests
{
    [Fact]
    public void Build_Empty_IsOneEmptyRoot()
    {
        var graph = FlameGraphDiff.Build(new FunctionTree(), new FunctionTree(), 8192);
        graph.Names.ShouldBe(["total"]);
        graph.LevelCount.ShouldBe(1);
        graph.Level(0).ToArray().ShouldBe([0, 0, 0, 0, 0, 0, 0]);
    }

    [Theory]
    [InlineData("a;b 1 | a;c 2", "a;b 3 | d 4", 0, "total 0+3/0 0+7/0 || a 0+3/0 0+3/0 d 0+0/0 0+4/4 || b 0+1/1 0+3/3 c 0+2/2 0+0/0")]
    [InlineData(" 5 | a 1", "a 2", 0, "total 0+6/5 0+2/0 || a 5+1/1 0+2/2")]
    [InlineData("a 9 | b 1 | c 1", "b 8 | d 1", 2, "total 0+11/0 0+9/0 || a 0+9/9 0+0/0 b 0+1/1 0+8/8 other 0+1/1 0+1/1")]
    [InlineData("other;x 5", "other;x 1 | z 1", 0, "total 0+5/0 0+2/0 || other 0+5/0 0+1/0 z 0+0/0 0+1/1 || x 0+5/5 0+1/1")]
    public void Build_TwoTrees_GivesLevelsOfBoth(string left, string right, int maxNodes, string levels)
    {
        LevelDrawing.Draw(FlameGraphDiff.Build(Drawings.Tree(left), Drawings.Tree(right), maxNodes)).ShouldBe(levels);
        var names = new NameTable();
        LevelDrawing.Draw(FlameGraphDiff.Build(Drawings.Tree(left, names), Drawings.Tree(right, names), maxNodes)).ShouldBe(levels);
    }

    [Fact]
    public void Build_TwoTrees_HasTicksOfBoth()
    {
        var graph = FlameGraphDiff.Build(Drawings.Tree("a 1 | b 2"), Drawings.Tree("a 10"), 0);
        (graph.LeftTicks, graph.RightTicks, graph.Total, graph.MaxSelf).ShouldBe((3, 10, 13, 10));
    }

    [Fact]
    public void Build_TablesOfTheirOwn_AreLeftAsTheyAre()
    {
        var left = Drawings.Tree("a;b 1");
        var right = Drawings.Tree("x;y 2");
        FlameGraphDiff.Build(left, right, 0);
        (left.Names.Count, right.Names.Count, left.Count, right.Count).ShouldBe((2, 2, 3, 3));
    }

    [Fact]
    public void TryBuild_NegativeValue_IsAnError()
    {
        FlameGraphDiff.TryBuild(Drawings.Tree("a 1"), Drawings.Tree("a;b -1"), 0, out var diff, out var error).ShouldBeFalse();
        diff.ShouldBeNull();
        error.ShouldBe("the right side has a negative value at 'b'; expected 0 or more");
    }
}
