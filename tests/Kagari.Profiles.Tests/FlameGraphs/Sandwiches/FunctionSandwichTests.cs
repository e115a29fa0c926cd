using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs.Sandwiches;

public sealed class FunctionSandwichTests
{
    [Fact]
    public void Build_Function_MergesAllItsCalls()
    {
        var sandwich = FunctionSandwich.Build(Drawings.Tree("main;a;f;x 5 | main;b;f 3 | main;f;x;f 2 | main 7"), "f");
        (sandwich.IsFound, sandwich.Self, sandwich.Total).ShouldBe((true, 5, 10));
        Drawings.Draw(sandwich.Callers).ShouldBe("a;main 5 | b;main 3 | main 2");
        Drawings.Draw(sandwich.Callees).ShouldBe(" 3 | x 5 | x;f 2");
    }

    [Fact]
    public void Build_EveryCallOfARecursion_CountsAsGrafanaDraws()
    {
        var sandwich = FunctionSandwich.Build(Drawings.Tree("main;f;f 5"), "f", RecursionCounting.Every);
        Drawings.Draw(sandwich.Callers).ShouldBe("f;main 5 | main 5");
        Drawings.Draw(sandwich.Callees).ShouldBe(" 5 | f 5");
        (sandwich.Self, sandwich.Total).ShouldBe((5, 5));
    }

    [Fact]
    public void Build_UnknownFunction_IsEmpty()
    {
        var sandwich = FunctionSandwich.Build(Drawings.Tree("main 5"), "nope");
        (sandwich.IsFound, sandwich.Total, sandwich.Callers.Count, sandwich.CalleesName).ShouldBe((false, 0, 1, -1));
        Should.Throw<ArgumentException>(() => FunctionSandwich.Build(Drawings.Tree("main 5"), [], RecursionCounting.Every));
    }

    [Fact]
    public void Build_AnyTreeAndChain_AgreesWithExpandedStacks()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var tree = RandomTrees.Make(random, random.Next(60));
            var stacks = ExpandedStacks.Of(tree);
            string[] chain = random.Next(3) switch { 0 => ["work"], 1 => ["a", "b"], _ => ["a", "a"] };
            var every = random.Next(2) == 0;
            var sandwich = FunctionSandwich.Build(tree, chain, every ? RecursionCounting.Every : RecursionCounting.Outermost);
            (sandwich.Self, sandwich.Total).ShouldBe((stacks.SelfOf(chain), stacks.TotalOf(chain)), $"seed {seed}");
            var graph = ColumnarGraph.Build(sandwich, 0);
            Check(graph, 0, stacks.Callers(chain, every), seed);
            Check(graph, 1, stacks.Callees(chain, every), seed);
        }

        void Check(ColumnarGraph graph, int half, ExpandedStacks expected, int seed)
        {
            var drawn = ExpandedStacks.Draw(graph, graph.Trees[half]).Split('\n');
            var plain = expected.Columns(0).Split('\n');
            drawn[1..].ShouldBe(plain[1..], $"seed {seed}, half {half}");
            drawn[0].ShouldEndWith(plain[0][1..], customMessage: $"seed {seed}, half {half}");
        }
    }
}
