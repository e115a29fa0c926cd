using System.Buffers;
using System.Buffers.Binary;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

// Pages, and the chunk that they make.
internal sealed partial class ColumnChunkWriter
{
    private FlatList<byte> _pages;
    private FlatList<byte> _dictionaryPage;
    private int _dictionaryPages, _plainPages;
    private long _rawBytes;

    /// <summary>Writes the chunk and begins the next one.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="offset">Where that is in the file.</param>
    /// <param name="codec">How pages are compressed.</param>
    /// <param name="metadata">Takes a <c>ColumnChunk</c>.</param>
    /// <returns>Bytes written, and what they are uncompressed.</returns>
    public (int Bytes, long RawBytes) Finish(IBufferWriter<byte> output, long offset, ParquetCodec codec, ref ThriftWriter metadata)
    {
        ClosePage();
        if (_dictionaryPages > 0) CloseDictionary();
        output.Write(_dictionaryPage.Span);
        output.Write(_pages.Span);
        var bytes = _dictionaryPage.Count + _pages.Count;
        WriteMetadata(offset, codec, bytes, ref metadata);
        var written = (bytes, _rawBytes);
        Clear();
        return written;
    }

    /// <summary>A data page of version 1, which every reader knows: repetition levels, definition levels, values.</summary>
    private void ClosePage()
    {
        if (_pageValues == 0) return;
        if (HasDictionary && _dictionaryPages == 0 && !DictionaryPays())
        {
            foreach (var id in _ids.Span) AddPlain(_dictionary[id], ref _plain);
            LeaveDictionary();
        }
        ref var raw = ref pages.Raw;
        raw.Clear();
        if (column.RepetitionMax > 0) AddLevels(_repetitions.Span, column.RepetitionMax, ref raw);
        if (column.DefinitionMax > 0) AddLevels(_definitions.Span, column.DefinitionMax, ref raw);
        if (HasDictionary)
        {
            var width = HybridEncoder.WidthOf(_dictionary.Count - 1);
            raw.Add((byte)width);
            HybridEncoder.Encode(_ids.Span, width, ref raw);
            _dictionaryPages++;
        }
        else
        {
            raw.AddRange(_plain.Span);
            _plainPages++;
        }
        _rawBytes += pages.WriteData(_pageValues, HasDictionary ? ParquetFormat.RleDictionary : ParquetFormat.Plain, ref _pages);
        _values += _pageValues;
        ClearPage();
    }

    /// <summary>Whether the first page with its dictionary is smaller than the same as plain values.</summary>
    private bool DictionaryPays()
    {
        long plain = 0;
        foreach (var id in _ids.Span) plain += PlainBytes(_dictionary[id]);
        return _dictionaryBytes + ((long)_ids.Count * HybridEncoder.WidthOf(_dictionary.Count - 1) / 8) < plain;
    }

    private void CloseDictionary()
    {
        ref var raw = ref pages.Raw;
        raw.Clear();
        for (var id = 0; id < _dictionary.Count; id++) AddPlain(_dictionary[id], ref raw);
        _rawBytes += pages.WriteDictionary(_dictionary.Count, ref _dictionaryPage);
    }

    private static void AddLevels(ReadOnlySpan<int> levels, int max, ref FlatList<byte> raw)
    {
        var start = raw.Count;
        raw.AddUInt32(0);
        HybridEncoder.Encode(levels, HybridEncoder.WidthOf(max), ref raw);
        BinaryPrimitives.WriteInt32LittleEndian(raw.Span[start..], raw.Count - start - sizeof(int));
    }

    private void WriteMetadata(long offset, ParquetCodec codec, int bytes, ref ThriftWriter metadata)
    {
        metadata.Begin();
        metadata.Int64(2, 0);
        metadata.Struct(3);
        metadata.Int32(1, (int)column.Type);
        if (_dictionaryPages > 0) metadata.Int32s(2, ParquetFormat.Plain, ParquetFormat.Rle, ParquetFormat.RleDictionary);
        else metadata.Int32s(2, ParquetFormat.Plain, ParquetFormat.Rle);
        metadata.Texts(3, column.Path);
        metadata.Int32(4, (int)codec);
        metadata.Int64(5, _values);
        metadata.Int64(6, _rawBytes);
        metadata.Int64(7, bytes);
        metadata.Int64(9, offset + _dictionaryPage.Count);
        if (_dictionaryPages > 0) metadata.Int64(11, offset);
        if (column.RepetitionMax == 0) WriteStatistics(ref metadata);
        WriteEncodings(ref metadata);
        metadata.End();
        metadata.End();
    }

    private void WriteStatistics(ref ThriftWriter metadata)
    {
        metadata.Struct(12);
        metadata.Int64(3, _missing);
        if (_bounds.Exist)
        {
            metadata.Binary(5, _bounds.Max);
            metadata.Binary(6, _bounds.Min);
            metadata.Boolean(7, true);
            metadata.Boolean(8, true);
        }
        metadata.End();
    }

    /// <summary>How many pages have which encoding: it tells readers whether the dictionary names every value.</summary>
    private void WriteEncodings(ref ThriftWriter metadata)
    {
        metadata.Structs(13, (_dictionaryPages > 0 ? 2 : 0) + (_plainPages > 0 ? 1 : 0));
        if (_dictionaryPages > 0) Write(ref metadata, ParquetFormat.DictionaryPage, ParquetFormat.Plain, 1);
        if (_dictionaryPages > 0) Write(ref metadata, ParquetFormat.DataPage, ParquetFormat.RleDictionary, _dictionaryPages);
        if (_plainPages > 0) Write(ref metadata, ParquetFormat.DataPage, ParquetFormat.Plain, _plainPages);

        static void Write(ref ThriftWriter metadata, int page, int encoding, int count)
        {
            metadata.Begin();
            metadata.Int32(1, page);
            metadata.Int32(2, encoding);
            metadata.Int32(3, count);
            metadata.End();
        }
    }

    private void ClearPage()
    {
        _definitions.Clear();
        _repetitions.Clear();
        _ids.Clear();
        _plain.Clear();
        _pageValues = 0;
    }

    private void Clear()
    {
        _pages.Clear();
        _dictionaryPage.Clear();
        _dictionary.Clear();
        _bounds.Clear();
        (_dictionaryBytes, _dictionaryPages, _plainPages) = (0, 0, 0);
        (_values, _missing, _rawBytes) = (0, 0, 0);
        HasDictionary = true;
        Generation++;
    }
}
