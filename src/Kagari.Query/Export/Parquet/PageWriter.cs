using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Puts pages together: header, then the compressed rest.</summary>
internal sealed class PageWriter(PageCompressor compressor)
{
    private FlatList<byte> _compressed;

    /// <summary>The page before it is compressed: cleared, filled and written by whoever writes a page. One at a time.</summary>
    public ref FlatList<byte> Raw => ref _raw;

    private FlatList<byte> _raw;

    /// <summary>Appends <see cref="Raw"/> as a data page; gives its size with the header, uncompressed.</summary>
    public int WriteData(int values, int encoding, ref FlatList<byte> output)
    {
        var header = Begin(ParquetFormat.DataPage, ref output);
        header.Struct(5);
        header.Int32(1, values);
        header.Int32(2, encoding);
        header.Int32(3, ParquetFormat.Rle);
        header.Int32(4, ParquetFormat.Rle);
        header.End();
        return End(ref header, ref output);
    }

    /// <summary>The same with a dictionary.</summary>
    public int WriteDictionary(int values, ref FlatList<byte> output)
    {
        var header = Begin(ParquetFormat.DictionaryPage, ref output);
        header.Struct(7);
        header.Int32(1, values);
        header.Int32(2, ParquetFormat.Plain);
        header.End();
        return End(ref header, ref output);
    }

    private ThriftWriter Begin(int type, ref FlatList<byte> output)
    {
        _compressed.Clear();
        compressor.Compress(_raw.Span, ref _compressed);
        _headerStart = output.Count;
        var header = new ThriftWriter(ref output);
        header.Int32(1, type);
        header.Int32(2, _raw.Count);
        header.Int32(3, _compressed.Count);
        return header;
    }

    private int _headerStart;

    private int End(ref ThriftWriter header, ref FlatList<byte> output)
    {
        header.End();
        var headerBytes = output.Count - _headerStart;
        output.AddRange(_compressed.Span);
        return headerBytes + _raw.Count;
    }
}
