using System.Buffers;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs;

/// <summary>Trees rebuilt from answers of the peer and drawn again give the same names and numbers, in the same order.</summary>
public sealed class PeerAnswerTests
{
    public static bool NoData => Repository.SharedData is null;

    [Theory(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    [InlineData("contract")]
    [InlineData("contract-formats")]
    public void Build_PeerTrees_GivesPeerLevels(string folder)
    {
        var drawn = 0;
        foreach (var name in PeerAnswers.Names(folder, "stacks-"))
        {
            if (!PeerAnswers.Read(folder, name).TryGetProperty("flamegraph", out var answer)) continue;
            var names = PeerAnswers.NamesOf(answer);
            var levels = PeerAnswers.LevelsOf(answer);
            var graph = FlameGraph.Build(PeerAnswers.TreeOf(names, levels, FlameGraph.NodeSize), 0);
            graph.Names.ShouldBe(names, name);
            Levels(graph).ShouldBe(levels, name);
            if (answer.TryGetProperty("maxSelf", out var maxSelf)) graph.MaxSelf.ShouldBe(long.Parse(maxSelf.GetString()!), name);
            if (answer.TryGetProperty("total", out var total)) graph.Total.ShouldBe(long.Parse(total.GetString()!), name);
            drawn++;
        }
        drawn.ShouldBeGreaterThan(10);
    }

    [Theory(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    [InlineData("diff", "flamegraph")]
    [InlineData("diff-empty-side", "flamegraph")]
    [InlineData("render-diff", "flamebearer")]
    public void Build_PeerComparison_GivesPeerLevels(string name, string property)
    {
        var answer = PeerAnswers.Read("contract", name).GetProperty(property);
        var names = PeerAnswers.NamesOf(answer);
        var levels = PeerAnswers.LevelsOf(answer);
        var left = PeerAnswers.TreeOf(names, levels, FlameGraphDiff.NodeSize, 0);
        var right = PeerAnswers.TreeOf(names, levels, FlameGraphDiff.NodeSize, 1);
        var graph = FlameGraphDiff.Build(left, right, 0);
        graph.Names.ShouldBe(names);
        Enumerable.Range(0, graph.LevelCount).Select(l => graph.Level(l).ToArray()).ToArray().ShouldBe(levels);
    }

    [Fact(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    public void TreeBytes_PeerTree_IsReadAndWrittenByteForByte()
    {
        var bytes = PeerAnswers.Read("contract", "stacks-tree").GetProperty("tree").GetBytesFromBase64();
        var tree = new FunctionTree();
        TreeBytes.TryRead(bytes, tree, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        var written = new ArrayBufferWriter<byte>();
        TreeBytes.Write(tree, 0, written);
        written.WrittenSpan.SequenceEqual(bytes).ShouldBeTrue();
    }

    private static long[][] Levels(FlameGraph graph) =>
        [.. Enumerable.Range(0, graph.LevelCount).Select(level => graph.Level(level).ToArray())];
}
