using System.Text;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Text;

public sealed class TreeAndTrieReaderTests
{
    // The bytes that a real peer took, and the stacks it then answered: contract-formats/bodies/{tree,trie}.bin.
    private const string PeerTree = "\0\0\u0001\u0004main\u0002\u0002\u0004work\u0005\0\u0004idle\u0001\u0001\u0005sleep\u00c8\u0001\0";
    private const string PeerTrie = "\0\0\u0001\u0005main;\0\u0002\u0004work\u0007\0\u0004idle\0\u0001\u0006;sleep\u0003\0";

    [Fact]
    public void TreeReader_PeerBytes_GivesPeerStacks() =>
        ReadTree(PeerTree).ShouldBe("main 2 | main;idle 1 | main;idle;sleep 200 | main;work 5");

    [Fact]
    public void TrieReader_PeerBytes_GivesPeerStacks() => ReadTrie(PeerTrie).ShouldBe("main;idle;sleep 3 | main;work 7");

    [Fact]
    public void TreeReader_NamedRoot_IsAFrame() => ReadTree("\u0001a\u0001\u0001\u0001b\u0002\0").ShouldBe("a 1 | a;b 2");

    [Fact]
    public void TreeReader_EqualSiblings_AreOneSample() => ReadTree("\0\0\u0002\u0001a\u0001\0\u0001a\u0002\0").ShouldBe("a 3");

    [Fact]
    public void TreeReader_BeyondTheDepth_AddsToTheLastKeptFrame()
    {
        // a → b → c → d, and beside c: e. With a depth of 2, everything below b is b's.
        const string Bytes = "\0\0\u0001\u0001a\u0001\u0001\u0001b\u0002\u0002\u0001c\u0003\u0001\u0001d\u0004\0\u0001e\u0005\0";
        ReadTree(Bytes, new DecodeLimits { DepthMax = 2 }).ShouldBe("a 1 | a;b 14");
        ReadTree(Bytes).ShouldBe("a 1 | a;b 2 | a;b;c 3 | a;b;c;d 4 | a;b;e 5");
    }

    [Fact]
    public void Readers_NoBytes_GiveAnEmptyProfile()
    {
        ReadTree("").ShouldBe("");
        ReadTrie("").ShouldBe("");
    }

    [Theory]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "tree: truncated or malformed at byte 0 of 7")]
    [InlineData("\u0005ab", "tree: truncated or malformed at byte 1 of 3")]
    [InlineData("\0\0\u0002\u0001a\u0001\0", "tree: the node at byte 1 has 2 children, but only 4 bytes follow")]
    [InlineData("\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u0001\0", "tree: the value 18446744073709551615 after byte 1 is larger than 9223372036854775807")]
    public void TreeReader_BadBytes_AreAnErrorThatNamesTheByte(string bytes, string message)
    {
        TreeReader.TryRead(Encoding.Latin1.GetBytes(bytes), new FlatProfile(), DecodeLimits.Default, out var error).ShouldBeFalse();
        error.ShouldBe(ProfileError.Malformed(message));
    }

    [Fact]
    public void TreeReader_MoreChildrenOrLongerNamesThanAllowed_IsRefused()
    {
        var limits = new DecodeLimits { SamplesMax = 1, StringBytesMax = 3 };
        TreeReader.TryRead("\0\0\u0002\u0001a\u0001\0\u0001b\u0001\0"u8, new FlatProfile(), limits, out var error).ShouldBeFalse();
        error.ShouldBe(new ProfileError(ProfileErrorKind.TooManyEntries, "tree: the node at byte 1 has 2 children; the limit is 1"));
        TrieReader.TryRead("\u0004main\u0001\0"u8, new FlatProfile(), limits, out error).ShouldBeFalse();
        error.ShouldBe(new ProfileError(ProfileErrorKind.TooManyEntries, "trie: the name at byte 1 has 4 bytes; the limit is 3"));
    }

    [Fact]
    public void Readers_DeepChainThatExpandsQuadratically_IsRefused()
    {
        // 100,000 nodes of 4 bytes, each a stack of its own: 400 kB that would be 5 GB of frames.
        var chain = new List<byte>();
        for (var i = 0; i < 100_000; i++) chain.AddRange("\u0002;a\u0001\u0001"u8);
        chain.AddRange("\0\u0001\0"u8);
        var limits = new DecodeLimits { DepthMax = 0, SamplesMax = 0, BytesMax = 1_000_000 };
        TrieReader.TryRead(chain.ToArray(), new FlatProfile(), limits, out var error).ShouldBeFalse();
        // By their text or by their number, whichever is first.
        (error.Kind, error.Message).ShouldSatisfyAllConditions(e => e.Kind.ShouldBe(ProfileErrorKind.TooLarge), e => e.Message.ShouldMatch("^(tri?ee?: its stacks expand to more than the limit of 1000000 bytes of text|the stacks of the profile have more than 500000 frames)$"));
        TreeReader.TryRead(chain.ToArray(), new FlatProfile(), limits, out error).ShouldBeFalse();
        // By their text or by their number, whichever is first.
        (error.Kind, error.Message).ShouldSatisfyAllConditions(e => e.Kind.ShouldBe(ProfileErrorKind.TooLarge), e => e.Message.ShouldMatch("^(tri?ee?: its stacks expand to more than the limit of 1000000 bytes of text|the stacks of the profile have more than 500000 frames)$"));
    }

    private static string ReadTree(string bytes, DecodeLimits? limits = null)
    {
        var profile = new FlatProfile();
        TreeReader.TryRead(Encoding.Latin1.GetBytes(bytes), profile, limits ?? DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return Drawings.Draw(profile);
    }

    private static string ReadTrie(string bytes)
    {
        var profile = new FlatProfile();
        TrieReader.TryRead(Encoding.Latin1.GetBytes(bytes), profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return Drawings.Draw(profile);
    }
}
