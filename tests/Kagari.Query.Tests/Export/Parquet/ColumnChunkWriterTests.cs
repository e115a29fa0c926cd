using System.Buffers;
using Kagari.Profiles;

namespace Kagari.Query.Tests.Export.Parquet;

/// <summary>Pages as docs/formats/parquet.md draws them.</summary>
public sealed class ColumnChunkWriterTests
{
    private static readonly ParquetColumn Stack = ParquetColumn.Of([ParquetField.ListOf("stack", ParquetField.Text("element"))]).Single();

    [Fact]
    public void Of_AList_HasItsLevelsAndPath()
    {
        Stack.Path.ShouldBe(["stack", "list", "element"]);
        (Stack.DefinitionMax, Stack.RepetitionMax).ShouldBe((1, 1));
    }

    [Fact]
    public void Page_OfLists_IsAsDrawn()
    {
        using var compressor = new PageCompressor(ParquetCodec.Gzip);
        var pages = new PageWriter(compressor);
        var chunk = new ColumnChunkWriter(Stack, new ParquetLimits { PageValuesMax = 4 }, pages);
        chunk.Add("main"u8);
        chunk.Add("work"u8, 1);
        chunk.EndRow();
        chunk.AddMissing();
        chunk.EndRow();
        chunk.Add("main"u8);
        chunk.EndRow();
        new HexBytes(pages.Raw.Span.ToArray()).ShouldBe("02 00 00 00 03 02  02 00 00 00 03 0B  01 03 02");

        var (output, metadata) = (new ArrayBufferWriter<byte>(), default(FlatList<byte>));
        var thrift = new ThriftWriter(ref metadata);
        var (bytes, raw) = chunk.Finish(output, 4, ParquetCodec.Gzip, ref thrift);
        new HexBytes(pages.Raw.Span.ToArray()).ShouldBe("04 00 00 00 6D 61 69 6E  04 00 00 00 77 6F 72 6B");
        bytes.ShouldBe(output.WrittenCount);
        raw.ShouldBeGreaterThan(15 + 16);
        // PageHeader of the dictionary: type 2, 16 bytes, some bytes compressed, 2 values, PLAIN.
        var header = output.WrittenSpan[..12].ToArray();
        header[5] = 0;
        new HexBytes(header).ShouldBe("15 04 15 20 15 00  4C 15 04 15 00 00");
    }

    [Fact]
    public void Header_OfADataPage_IsAsDrawn()
    {
        using var compressor = new PageCompressor(ParquetCodec.Gzip);
        var (pages, output) = (new PageWriter(compressor), default(FlatList<byte>));
        pages.Raw.AddRange(new byte[15]);
        pages.WriteData(4, ParquetFormat.RleDictionary, ref output);
        output[5] = 0;   // how well gzip does
        new HexBytes(output.Span[..17].ToArray()).ShouldBe("15 00 15 1E 15 00  2C 15 08 15 10 15 06 15 06 00  00");
    }
}
