using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs;

public sealed class FlameGraphTests
{
    [Fact]
    public void Build_Empty_IsOneEmptyRoot()
    {
        var graph = FlameGraph.Build(new FunctionTree(), 8192);
        graph.Names.ShouldBe(["total"]);
        graph.LevelCount.ShouldBe(1);
        graph.Level(0).ToArray().ShouldBe([0, 0, 0, 0]);
    }

    [Theory]
    [InlineData("main;work;inner 9 | main;work 3 | main;idle 5", 0, "total 0+17/0 || main 0+17/0 || idle 0+5/5 work 0+12/3 || inner 8+9/9")]
    [InlineData("b 1 | a 2 | aa 3 | B 4", 0, "total 0+10/0 || B 0+4/4 a 0+2/2 aa 0+3/3 b 0+1/1")]
    [InlineData(" 5 | a 2", 0, "total 0+7/5 || a 5+2/2")]
    [InlineData("a;x 5 | b 4 | c 3 | d 2", 2, "total 0+14/0 || a 0+5/0 other 0+9/9 || x 0+5/5")]
    [InlineData("a 5 | b 4 | c 3 | d 2", 4, "total 0+14/0 || a 0+5/5 b 0+4/4 c 0+3/3 d 0+2/2")]
    [InlineData("a 5 | b 4 | c 4 | d 2", 2, "total 0+15/0 || a 0+5/5 b 0+4/4 c 0+4/4 other 0+2/2")]
    [InlineData("other;x 5 | z 4 | y 3", 0, "total 0+12/0 || y 0+3/3 z 0+4/4 other 0+5/5")]
    [InlineData("a;b 3 | a;c 1 | a;d 1 | a 2", 2, "total 0+7/0 || a 0+7/2 || b 2+3/3 other 0+2/2")]
    [InlineData("total;x 1", 0, "total 0+1/0 || total 0+1/0 || x 0+1/1")]
    public void Build_Tree_GivesLevels(string drawing, int maxNodes, string levels) =>
        LevelDrawing.Draw(FlameGraph.Build(Drawings.Tree(drawing), maxNodes)).ShouldBe(levels);

    [Fact]
    public void Build_NodesOfValueZero_AreNotDrawn()
    {
        var tree = Drawings.Tree("a 1");
        tree.Child(0, tree.Names.Intern("never"));
        LevelDrawing.Draw(FlameGraph.Build(tree, 0)).ShouldBe("total 0+1/0 || a 0+1/1");
    }

    [Fact]
    public void Build_MaxSelf_IncludesOther() => FlameGraph.Build(Drawings.Tree("a 5 | b 4 | c 4 | d 4"), 1).MaxSelf.ShouldBe(12);

    [Fact]
    public void Build_NegativeMaxNodes_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => FlameGraph.Build(new FunctionTree(), -1));
}
