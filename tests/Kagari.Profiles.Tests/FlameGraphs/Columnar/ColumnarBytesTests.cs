using System.Buffers;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs.Columnar;

public sealed class ColumnarBytesTests
{
    [Fact]
    public void Write_SmallTree_GivesTheBytesOfTheDocumentation()
    {
        var bytes = RandomGraphs.Write(ColumnarGraph.Build(Drawings.Tree("main;mark 2 | main;idle 5"), 2));
        Convert.ToHexString(bytes).ShouldBe(
            "4B474354" + "01" + "01"               // KGCT, version 1, one tree
            + "02" + "08"                          // 2 names, 8 bytes
            + "0004" + "69646C65"                  // idle
            + "0004" + "6D61696E"                  // main
            + "00" + "03"                          // no ancestors, 3 nodes
            + "0000" + "000201" + "000005" + "070705"
            + "01" + "0101");                      // one node folds: node 1, 1 node
    }

    [Fact]
    public void TryRead_AnyGraph_GivesItBack()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var graph = RandomGraphs.Make(new Random(seed));
            var bytes = RandomGraphs.Write(graph);
            ColumnarReader.TryRead(bytes, DecodeLimits.Default, out var read, out var error).ShouldBeTrue($"seed {seed}: {error.Message}");
            Draw(read).ShouldBe(Draw(graph), $"seed {seed}");
            RandomGraphs.Write(read).ShouldBe(bytes, $"seed {seed}");
        }
    }

    [Fact]
    public void TryRead_AnyPrefix_IsRefusedWithAReason()
    {
        var bytes = RandomGraphs.Write(RandomGraphs.Make(new Random(1)));
        for (var length = 0; length < bytes.Length; length++)
        {
            ColumnarReader.TryRead(bytes.AsSpan(0, length), DecodeLimits.Default, out _, out var error).ShouldBeFalse($"{length} bytes");
            error.Message.ShouldStartWith("columnar: ");
        }
        ColumnarReader.TryRead([.. bytes, 0], DecodeLimits.Default, out _, out var trailing).ShouldBeFalse();
        trailing.Message.ShouldContain("1 bytes follow");
    }

    [Theory]
    [InlineData("4B474354020100", "the version is 2")]
    [InlineData("504B0304010100", "the first bytes are not 'KGCT'")]
    [InlineData("4B4743540101FFFFFFFF0F00", "are announced")]
    [InlineData("4B47435401010200000000000000000000", "name 1 is not after")]
    [InlineData("4B4743540101000000" + "03" + "0001" + "000000" + "000000" + "010101" + "00", "less than its self and its children")]
    [InlineData("4B4743540101000000" + "02" + "02" + "0000" + "0000" + "0000" + "00", "expected less than 1")]
    [InlineData("4B4743540101" + "01" + "808080808001" + "0000", "the limit is 33554432")]
    public void TryRead_BrokenRule_NamesIt(string hex, string message)
    {
        ColumnarReader.TryRead(Convert.FromHexString(hex), DecodeLimits.Default, out _, out var error).ShouldBeFalse();
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void TryRead_NamesThatShareAll_StayWithinTheLimit()
    {
        // 17,000 bytes of names would give 12 MB: each name extends the one before by a byte.
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(Convert.FromHexString("4B4743540101" + "8827" + "80808008"));
        for (var i = 0; i < 5000; i++) bytes.Write(i == 0 ? [0, 1, (byte)'a'] : i < 128 ? [(byte)i, 1, (byte)'a'] : [(byte)(i | 0x80), (byte)(i >> 7), 1, (byte)'a']);
        ColumnarReader.TryRead(bytes.WrittenSpan, DecodeLimits.Default with { BytesMax = 8 << 20 }, out _, out var error).ShouldBeFalse();
        error.Kind.ShouldBe(ProfileErrorKind.TooLarge);
        ColumnarReader.TryRead(bytes.WrittenSpan, DecodeLimits.Default with { StringBytesMax = 1000 }, out _, out error).ShouldBeFalse();
        error.Message.ShouldContain("the limit is 1000");
    }

    private static string Draw(ColumnarGraph graph) => string.Join("\n--\n", graph.Trees.Select(t =>
        string.Join(' ', t.Ancestors.ToArray().Select(a => $"{a.Name} {a.Self}/{a.Total}")) + "\n" + ExpandedStacks.Draw(graph, t)));
}
