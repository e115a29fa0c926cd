using System.Numerics;
using System.Text;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs.Columnar;

public sealed class ColumnarDiffTests
{
    [Theory]
    [InlineData(0, "0 0/10 | 1 main 0/10 | 2 idle 1/1 | 2 new 0/0 | 2 work 9/9", "0 0/50 | 1 main 0/50 | 2 idle 0/0 | 2 new 30/30 | 2 work 20/20")]
    [InlineData(3, "0 0/10 | 1 main 0/10 +1=1 | 2 new 0/0 | 2 work 9/9", "0 0/50 | 1 main 0/50 | 2 new 30/30 | 2 work 20/20")]
    [InlineData(2, "0 0/10 | 1 main 0/10 +1=1 | 2 work 9/9", "0 0/50 | 1 main 0/50 +1=30 | 2 work 20/20")]
    [InlineData(1, "0 0/10 | 1 main 0/10 +2=10", "0 0/50 | 1 main 0/50 +2=50")]
    public void Build_JointBudget_DrawsWhatIsLargeOnEitherSide(int maxNodes, string left, string right) =>
        Draw("main;work 9 | main;idle 1", "main;work 20 | main;new 30", maxNodes).ShouldBe((left, right));

    [Fact]
    public void Build_SidesOfVeryDifferentLength_CompareShares() =>
        // 4 of 5 on the left is more than 600,000 of 1,000,000 on the right.
        Draw("a 4 | b 1", "a 1 | c 600000 | d 399999", 2).ShouldBe(("0 0/5 +1=1 | 1 a 4/4 | 1 c 0/0", "0 0/1000000 +1=399999 | 1 a 1/1 | 1 c 600000/600000"));

    [Theory]
    [InlineData("", "a 1", "0 0/0 | 1 a 0/0", "0 0/1 | 1 a 1/1")]
    [InlineData("a 1", "", "0 0/1 | 1 a 1/1", "0 0/0 | 1 a 0/0")]
    [InlineData("", "", "0 0/0", "0 0/0")]
    public void Build_EmptySide_HasZeros(string left, string right, string ofLeft, string ofRight) => Draw(left, right, 0).ShouldBe((ofLeft, ofRight));

    [Fact]
    public void TryBuild_CallSite_OfOneSideIsEnough()
    {
        var (left, right) = (Drawings.Tree("main;work;a 3 | main 2 | x 5"), Drawings.Tree("main;rest 7 | y 1"));
        ColumnarGraph.TryBuildDiff(left, right, ["main", "work"], 0, out var graph).ShouldBeTrue();
        (Draw(graph, 0), Draw(graph, 1)).ShouldBe(("0 work 0/3 | 1 a 3/3", "0 work 0/0 | 1 a 0/0"));
        Ancestors(graph, 0).ShouldBe([("", 0, 10), ("main", 2, 5)]);
        Ancestors(graph, 1).ShouldBe([("", 0, 8), ("main", 0, 7)]);
        ColumnarGraph.TryBuildDiff(left, right, ["work"], 0, out _).ShouldBeFalse();
        ColumnarGraph.TryBuildDiff(left, right, ["main", "nobody"], 0, out _).ShouldBeFalse();
    }

    [Fact]
    public void Build_ValuesBeyond64Bits_AreCutNotNegative() =>
        Draw($"a {long.MaxValue} | b {long.MaxValue}", "a 1", 1).ShouldBe(($"0 0/{long.MaxValue} +1=0 | 1 a {long.MaxValue}/{long.MaxValue}", "0 0/1 | 1 a 1/1"));

    [Fact]
    public void Build_TreesOfOneTableOrTwo_AreTheSameAndUntouched()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (left, right) = Sides(new Random(seed), shared: true);
            var count = left.Names.Count;
            var apart = new FunctionTree();
            apart.Merge(right);
            ColumnarGraph.TryBuildDiff(left, right, [], 9, out var one).ShouldBeTrue();
            ColumnarGraph.TryBuildDiff(left, apart, [], 9, out var two).ShouldBeTrue();
            RandomGraphs.Write(two).ShouldBe(RandomGraphs.Write(one), $"seed {seed}");
            left.Names.Count.ShouldBe(count, $"seed {seed}");
        }
    }

    [Fact]
    public void Build_AnyTrees_WithoutBudget_AreTheFlameGraphsOfBothSides()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var (left, right) = Sides(new Random(seed), shared: seed % 2 == 0);
            ColumnarGraph.TryBuildDiff(left, right, [], 0, out var graph).ShouldBeTrue();
            foreach (var (side, tree) in new[] { (0, left), (1, right) })
            {
                var alone = ColumnarGraph.Build(tree, 0);
                // The root stays, whatever its value.
                var own = Draw(graph, side).Split(" | ").Where((line, node) => node == 0 || !line.EndsWith(" 0/0", StringComparison.Ordinal));
                own.ShouldBe(ExpandedStacks.Draw(alone, alone.Trees[0]).Split('\n'), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Build_AnyTrees_AgreeWithPlainMerging()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var (left, right) = Sides(random, shared: random.Next(2) == 0);
            var maxNodes = random.Next(1, 50);
            ColumnarGraph.TryBuildDiff(left, right, [], maxNodes, out var graph).ShouldBeTrue();
            var expected = Plain(ExpandedStacks.Of(left), ExpandedStacks.Of(right), maxNodes);
            (Draw(graph, 0), Draw(graph, 1)).ShouldBe(expected, $"seed {seed}");
        }
    }

    [Fact]
    public void TryBuild_AnyCallSite_HasTheValuesOfEachSide()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var (left, right) = Sides(random, shared: false);
            var stacks = ExpandedStacks.Of(random.Next(2) == 0 ? left : right).Stacks;
            if (stacks.Count == 0) continue;
            var site = stacks[random.Next(stacks.Count)].Frames;
            site = site[..random.Next(site.Length + 1)];
            ColumnarGraph.TryBuildDiff(left, right, site, 7, out var graph).ShouldBeTrue($"seed {seed}");
            foreach (var (side, tree) in new[] { (0, left), (1, right) })
            {
                var below = ExpandedStacks.Of(tree).Below(site);
                graph.Trees[side].Totals[0].ShouldBe(below.Total, $"seed {seed}");
                (graph.Trees[side].Selfs.ToArray().Sum() + graph.Trees[side].FoldedValues.ToArray().Sum()).ShouldBe(below.Total, $"seed {seed}");
                Ancestors(graph, side).Select(a => a.Total).ShouldBe(Enumerable.Range(0, site.Length).Select(d => ExpandedStacks.Of(tree).Below(site[..d]).Total), $"seed {seed}");
            }
        }
    }

    /// <summary>Both sides drawn from their stacks one by one, with shares compared as fractions.</summary>
    private static (string Left, string Right) Plain(ExpandedStacks left, ExpandedStacks right, int maxNodes)
    {
        var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (stacks, isLeft) in new[] { (left, true), (right, false) })
            foreach (var (frames, value) in stacks.Stacks)
                for (var depth = 0; depth <= frames.Length; depth++)
                {
                    var key = Key(frames[..depth]);
                    if (!nodes.TryGetValue(key, out var node)) nodes[key] = node = new Node(frames[..depth]);
                    node.Add(isLeft ? 0 : 1, value, depth == frames.Length);
                }
        var root = nodes.GetValueOrDefault(Key([])) ?? new Node([]);
        nodes.Remove(Key([]));
        long[] wholes = [Math.Max(left.Total, 1), Math.Max(right.Total, 1)];
        // l / L against r / R as l · R against r · L.
        BigInteger Share(Node node) => BigInteger.Max((BigInteger)node.Totals[0] * wholes[1], (BigInteger)node.Totals[1] * wholes[0]);
        var ranked = nodes.Values.OrderByDescending(Share).ThenBy(n => n.Path.Length).ThenBy(n => n, Node.Order).ToList();
        var drawn = ranked.Take(maxNodes).Append(root).Order(Node.Order).ToList();
        var folded = ranked.Skip(maxNodes).ToList();
        string[] sides = [.. new[] { 0, 1 }.Select(side => string.Join(" | ", drawn.Select(node =>
        {
            var own = folded.Where(f => f.Totals[side] > 0 && drawn.Where(d => d.IsAbove(f)).MaxBy(d => d.Path.Length) == node).ToList();
            var rest = node.Totals[side] - node.Selfs[side] - drawn.Where(d => d.Path.Length == node.Path.Length + 1 && node.IsAbove(d)).Sum(d => d.Totals[side]);
            var name = node.Path.Length == 0 || node.Path[^1].Length == 0 ? "" : node.Path[^1] + " ";
            return $"{node.Path.Length} {name}{node.Selfs[side]}/{node.Totals[side]}{(own.Count == 0 && rest == 0 ? "" : $" +{own.Count}={rest}")}";
        })))];
        return (sides[0], sides[1]);
    }

    private static string Key(string[] path) => $"{path.Length} {string.Join('\0', path)}";

    private static (FunctionTree Left, FunctionTree Right) Sides(Random random, bool shared)
    {
        var names = new NameTable();
        return (RandomTrees.Make(random, random.Next(30), names), RandomTrees.Make(random, random.Next(30), shared ? names : null));
    }

    private static (string Left, string Right) Draw(string left, string right, int maxNodes)
    {
        ColumnarGraph.TryBuildDiff(Drawings.Tree(left), Drawings.Tree(right), [], maxNodes, out var graph).ShouldBeTrue();
        graph.Trees.Count.ShouldBe(2);
        graph.Trees[1].Depths.ToArray().ShouldBe(graph.Trees[0].Depths.ToArray());
        graph.Trees[1].NameIds.ToArray().ShouldBe(graph.Trees[0].NameIds.ToArray());
        return (Draw(graph, 0), Draw(graph, 1));
    }

    private static string Draw(ColumnarGraph graph, int side) => ExpandedStacks.Draw(graph, graph.Trees[side]).Replace("\n", " | ");

    private static IEnumerable<(string Name, long Self, long Total)> Ancestors(ColumnarGraph graph, int side) =>
        graph.Trees[side].Ancestors.ToArray().Select(a => (a.Name < 0 ? "" : graph.Names.GetString(a.Name), a.Self, a.Total));

    private sealed class Node(string[] path)
    {
        public static Comparer<Node> Order { get; } = Comparer<Node>.Create((x, y) =>
        {
            for (var i = 0; i < Math.Min(x.Path.Length, y.Path.Length); i++)
                if (Encoding.UTF8.GetBytes(x.Path[i]).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y.Path[i])) is var order and not 0) return order;
            return x.Path.Length.CompareTo(y.Path.Length);
        });

        public string[] Path { get; } = path;

        public long[] Selfs { get; } = new long[2];

        public long[] Totals { get; } = new long[2];

        public void Add(int side, long value, bool ends)
        {
            Totals[side] += value;
            if (ends) Selfs[side] += value;
        }

        public bool IsAbove(Node other) => Path.Length < other.Path.Length && other.Path.AsSpan(0, Path.Length).SequenceEqual(Path);
    }
}
