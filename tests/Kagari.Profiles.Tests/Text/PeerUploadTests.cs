using Kagari.Profiles.Tests.FlameGraphs;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Text;

/// <summary>Bodies that a real Pyroscope 2.2.1 took, and the trees it then answered (shared data, contract-formats/).</summary>
public sealed class PeerUploadTests
{
    public static bool NoData => Repository.SharedData is null;

    [Theory(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    [InlineData("folded-wall", "txt--wall-wall-nanoseconds-cpu-nanoseconds", 20_000_000)]
    [InlineData("folded-alloc", "txt--memory-alloc-objects-count--", 1)]
    [InlineData("folded-exceptions", "txt--exceptions-samples-count--", 1)]
    [InlineData("folded-nodot", "plain--process-cpu-cpu-nanoseconds-cpu-nanoseconds", 10_000_000)]
    [InlineData("lines", "lines--process-cpu-cpu-nanoseconds-cpu-nanoseconds", 10_000_000)]
    [InlineData("tree", "treefmt--process-cpu-cpu-nanoseconds-cpu-nanoseconds", 10_000_000)]
    [InlineData("trie", "triefmt--process-cpu-cpu-nanoseconds-cpu-nanoseconds", 10_000_000)]
    public void TryRead_PeerBody_GivesPeerTree(string body, string answer, long period)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Shared("contract-formats"), "bodies", body + ".bin"));
        var profile = new FlatProfile();
        ProfileError error;
        var isRead = body switch
        {
            "lines" => LinesReader.TryRead(bytes, profile, DecodeLimits.Default, out error),
            "tree" => TreeReader.TryRead(bytes, profile, DecodeLimits.Default, out error),
            "trie" => TrieReader.TryRead(bytes, profile, DecodeLimits.Default, out error),
            _ => FoldedReader.TryRead(bytes, profile, DecodeLimits.Default, out error),
        };
        isRead.ShouldBeTrue(error.Message);
        foreach (ref var value in profile.Values.Span) value *= period;

        var peer = PeerAnswers.Read("contract-formats", "stacks-" + answer).GetProperty("flamegraph");
        var graph = FlameGraph.Build(Drawings.TreeOf(profile), 0);
        graph.Names.ShouldBe(PeerAnswers.NamesOf(peer));
        Enumerable.Range(0, graph.LevelCount).Select(l => graph.Level(l).ToArray()).ToArray().ShouldBe(PeerAnswers.LevelsOf(peer));
    }

    [Theory(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    [InlineData("bad-tree")]
    [InlineData("bad-trie")]
    public void TryRead_BodyThatThePeerRefused_IsMalformed(string body)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Shared("contract-formats"), "bodies", body + ".bin"));
        ProfileError error;
        var isRead = body == "bad-tree"
            ? TreeReader.TryRead(bytes, new FlatProfile(), DecodeLimits.Default, out error)
            : TrieReader.TryRead(bytes, new FlatProfile(), DecodeLimits.Default, out error);
        isRead.ShouldBeFalse();
        error.Kind.ShouldBe(ProfileErrorKind.Malformed);
    }
}
