using System.Buffers;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs;

public sealed class FlameGraphPropertyTests
{
    private const int Rounds = 200;

    [Fact]
    public void Build_AnyTree_NodesNestAndAddUp() => ForSeeds((random, tree) =>
    {
        var graph = FlameGraph.Build(tree, random.Next(0, tree.Count + 2));
        graph.Total.ShouldBe(Total(tree));
        CheckNesting(graph.LevelCount, graph.Level, FlameGraph.NodeSize, 0);
        graph.MaxSelf.ShouldBe(Enumerable.Range(0, graph.LevelCount).SelectMany(l => graph.Level(l).ToArray().Chunk(4)).Max(n => n[2]));
    });

    [Fact]
    public void BuildDiff_AnyTrees_NodesNestAndAddUpOnBothSides() => ForSeeds((random, left) =>
    {
        var right = RandomTrees.Make(random, random.Next(0, 60), random.Next(2) == 0 ? left.Names : null);
        var graph = FlameGraphDiff.Build(left, right, random.Next(0, left.Count + 2));
        (graph.LeftTicks, graph.RightTicks).ShouldBe((Total(left), Total(right)));
        CheckNesting(graph.LevelCount, graph.Level, FlameGraphDiff.NodeSize, 0);
        CheckNesting(graph.LevelCount, graph.Level, FlameGraphDiff.NodeSize, 3);
    });

    [Fact]
    public void Build_Truncated_DrawsTheLargestAndTheirEquals() => ForSeeds((random, tree) =>
    {
        var maxNodes = random.Next(1, tree.Count + 2);
        var totals = new long[tree.Count];
        tree.ComputeTotals(totals);
        var sorted = totals[1..].OrderDescending().ToArray();
        var least = sorted.Length > maxNodes ? sorted[maxNodes - 1] : 0;
        var graph = FlameGraph.Build(tree, maxNodes);
        var nodes = Enumerable.Range(1, graph.LevelCount - 1).SelectMany(l => graph.Level(l).ToArray().Chunk(4));
        foreach (var node in nodes)
            if (graph.Names[(int)node[3]] != "other") node[1].ShouldBeGreaterThanOrEqualTo(least);
    });

    [Fact]
    public void Build_AllNodes_AgreesWithAPlainRecursion() => ForSeeds((random, tree) =>
    {
        var maxNodes = random.Next(0, tree.Count + 2);
        LevelDrawing.Draw(FlameGraph.Build(tree, maxNodes)).ShouldBe(PlainFlameGraph.Draw(tree, maxNodes));
    });

    [Fact]
    public void TreeBytes_WrittenAndRead_AreEqual() => ForSeeds((_, tree) =>
    {
        var expected = WithoutOthers(tree);
        var bytes = new ArrayBufferWriter<byte>();
        TreeBytes.Write(expected, 0, bytes);
        var read = new FunctionTree();
        TreeBytes.TryRead(bytes.WrittenSpan, read, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        Drawings.Draw(read).ShouldBe(Drawings.Draw(expected));
    });

    [Fact]
    public void TreeBytes_Truncated_DrawsAsTheTruncatedGraph() => ForSeeds((random, tree) =>
    {
        var maxNodes = random.Next(0, tree.Count + 2);
        var bytes = new ArrayBufferWriter<byte>();
        TreeBytes.Write(tree, maxNodes, bytes);
        var read = new FunctionTree();
        TreeBytes.TryRead(bytes.WrittenSpan, read, DecodeLimits.Default, out _).ShouldBeTrue();
        LevelDrawing.Draw(FlameGraph.Build(read, 0)).ShouldBe(LevelDrawing.Draw(FlameGraph.Build(tree, maxNodes)));
    });

    [Fact]
    public void Merge_AnyTrees_IsCommutativeAndAssociative() => ForSeeds((random, a) =>
    {
        var b = RandomTrees.Make(random, 30, a.Names);
        var c = RandomTrees.Make(random, 30);
        Drawings.Draw(Merged(a, b)).ShouldBe(Drawings.Draw(Merged(b, a)));
        Drawings.Draw(Merged(Merged(a, b), c)).ShouldBe(Drawings.Draw(Merged(a, Merged(b, c))));
        LevelDrawing.Draw(FlameGraph.Build(Merged(a, c), 20)).ShouldBe(LevelDrawing.Draw(FlameGraph.Build(Merged(c, a), 20)));
    });

    [Fact]
    public void RankSelect_AnyNumbers_AgreesWithSorting() => ForSeeds((random, _) =>
    {
        var values = new long[random.Next(1, 300)];
        foreach (ref var value in values.AsSpan())
            value = random.Next(4) switch { 0 => random.NextInt64(long.MinValue, long.MaxValue), 1 => random.Next(-3, 3), 2 => 1L << random.Next(63), _ => 7 };
        var rank = random.Next(1, values.Length + 1);
        RankSelect.Largest(values, rank).ShouldBe(values.OrderDescending().ElementAt(rank - 1));
    });

    [Fact]
    public void NameOrder_AnyNames_AgreesWithComparing() => ForSeeds((random, _) =>
    {
        var names = new NameTable();
        for (var i = 0; i < 200; i++)
        {
            var name = new byte[random.Next(0, 30)];
            foreach (ref var b in name.AsSpan()) b = (byte)random.Next(3) switch { 0 => 0, 1 => (byte)'a', _ => 0xff };
            names.Intern(name.AsSpan());
        }
        var ids = Enumerable.Range(0, names.Count).ToArray();
        NameOrder.Sort(ids, names);
        for (var i = 1; i < ids.Length; i++) names[ids[i - 1]].SequenceCompareTo(names[ids[i]]).ShouldBeLessThan(0);
    });

    private delegate ReadOnlySpan<long> LevelSource(int level);

    /// <summary>Children lie in order within their parent, after its self, and fill it up.</summary>
    private static void CheckNesting(int levels, LevelSource source, int size, int offset)
    {
        // Whole space of the level above: between self and end of each node.
        var spaces = new List<(long Start, long End)> { (0, source(0)[offset + 1]) };
        for (var level = 0; level < levels; level++)
        {
            var next = new List<(long Start, long End)>();
            long end = 0, filled = 0;
            var space = 0;
            for (var nodes = source(level); nodes.Length > 0; nodes = nodes[size..])
            {
                nodes[offset].ShouldBeGreaterThanOrEqualTo(0);
                nodes[offset + 2].ShouldBeInRange(0, nodes[offset + 1]);
                var start = end + nodes[offset];
                end = start + nodes[offset + 1];
                while (spaces[space].End < end) space++;
                start.ShouldBeGreaterThanOrEqualTo(spaces[space].Start);
                filled += nodes[offset + 1];
                next.Add((start + nodes[offset + 2], end));
            }
            filled.ShouldBe(spaces.Sum(s => s.End - s.Start));
            spaces = next;
        }
        spaces.ShouldAllBe(s => s.Start == s.End);
    }

    private static FunctionTree Merged(FunctionTree a, FunctionTree b)
    {
        var merged = new FunctionTree();
        merged.Merge(a);
        merged.Merge(b);
        return merged;
    }

    /// <summary>A copy in which no function is named as the sums are.</summary>
    private static FunctionTree WithoutOthers(FunctionTree tree)
    {
        var copy = new FunctionTree();
        var map = new int[tree.Count];
        for (var node = 1; node < map.Length; node++)
        {
            var name = tree.Names.GetString(tree.NameIds[node]);
            map[node] = copy.Child(map[tree.Parents[node]], copy.Names.Intern(name == "other" ? "another" : name));
        }
        for (var node = 0; node < map.Length; node++) copy.Add(map[node], tree.Selfs[node]);
        return copy;
    }

    private static long Total(FunctionTree tree)
    {
        var total = 0L;
        foreach (var self in tree.Selfs) total += self;
        return total;
    }

    private static void ForSeeds(Action<Random, FunctionTree> check)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            try
            {
                var random = new Random(seed);
                check(random, RandomTrees.Make(random, random.Next(0, 60)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
    }
}
