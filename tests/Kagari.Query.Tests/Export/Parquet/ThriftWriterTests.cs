using Kagari.Profiles;

namespace Kagari.Query.Tests.Export.Parquet;

/// <summary>Bytes as doc/specs/thrift-compact-protocol.md of Apache Thrift draws them.</summary>
public sealed class ThriftWriterTests
{
    private delegate void Fields(ref ThriftWriter thrift);

    [Fact]
    public void Numbers_AreZigZagVarints() => Write((ref t) =>
    {
        t.Int32(1, 5);
        t.Int32(2, -1);
        t.Int64(3, 300);
    }).ShouldBe("15 0A  15 01  16 D8 04  00");

    [Theory]
    [InlineData(long.MaxValue, "16 FE FF FF FF FF FF FF FF FF 01  00")]
    [InlineData(long.MinValue, "16 FF FF FF FF FF FF FF FF FF 01  00")]
    public void Int64_AtItsLimits_HasTenBytes(long value, string bytes) => Write((ref t) => t.Int64(1, value)).ShouldBe(bytes);

    [Fact]
    public void Field_AfterAGap_HasTheDistance() => Write((ref t) =>
    {
        t.Int32(3, 0);
        t.Binary(4, "ab"u8);
        t.Boolean(10, true);
        t.Boolean(12, false);
    }).ShouldBe("35 00  18 02 61 62  61  22  00");

    [Fact]
    public void Struct_InAStruct_CountsFieldsAnew() => Write((ref t) =>
    {
        t.Int32(5, 1);
        t.Struct(8);
        t.Empty(2);
        t.Int32(3, 1);
        t.End();
        t.Int32(9, 1);
    }).ShouldBe("55 02  3C 2C 00 15 02 00  15 02  00");

    [Fact]
    public void List_Below15_HasItsLengthInTheHeader() => Write((ref t) =>
    {
        t.Int32s(2, 0, 3, 8);
        t.Texts(3, ["a", "ü"]);
        t.Structs(4, 1);
        t.Begin();
        t.Int32(1, 2);
        t.End();
    }).ShouldBe("29 35 00 06 10  19 28 01 61 02 C3 BC  19 1C 15 04 00  00");

    [Fact]
    public void List_From15_HasItsLengthAfter() =>
        Write((ref t) => t.Int32s(1, new int[200])).ShouldBe("19 F5 C8 01 " + string.Join(' ', Enumerable.Repeat("00", 200)) + "  00");

    [Fact]
    public void Field_OutOfOrder_IsABug() =>
        Should.Throw<InvalidOperationException>(() => Write((ref t) =>
        {
            t.Int32(2, 0);
            t.Int32(2, 0);
        })).Message.ShouldBe("BUG: field 2 of a Thrift struct follows field 2.");

    private static HexBytes Write(Fields fields)
    {
        var output = default(FlatList<byte>);
        var thrift = new ThriftWriter(ref output);
        fields(ref thrift);
        thrift.End();
        return new HexBytes(output.Span.ToArray());
    }
}
