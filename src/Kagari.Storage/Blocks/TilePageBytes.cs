using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>One half of a page in memory: its streams restored. Reused; valid until the next read.</summary>
/// <remarks>
/// <code>streams | each: raw bytes, stored bytes, codec u8 | the stored bytes of all streams</code>
/// Each stream is compressed by itself: numbers of one kind share one statistic.
/// </remarks>
internal sealed class TilePageBytes
{
    /// <summary>No page restores to more: a tile is bounded, and a page ends soon after it is worth compressing.</summary>
    public const int RawBytesMax = 256 << 20;

    private FlatList<byte> _raw;
    private FlatList<int> _ends;

    public long MemoryBytes => _raw.Capacity + (4L * _ends.Capacity);

    public ReadOnlySpan<byte> this[int stream] => _raw.Span[(stream == 0 ? 0 : _ends[stream - 1]).._ends[stream]];

    public static void Encode(ReadOnlySpan<FlatList<byte>> streams, SectionCodec codec, ref FlatList<byte> output)
    {
        var stored = new FlatList<byte>();
        output.AddVarint(streams.Length);
        foreach (ref readonly var stream in streams)
        {
            var start = stored.Count;
            var id = codec.Compress(stream.Span, ref stored);
            output.AddVarint(stream.Count);
            output.AddVarint(stored.Count - start);
            output.Add((byte)id);
        }
        output.AddRange(stored.Span);
    }

    /// <summary>Restores the streams; false with the reason where the bytes are not that many streams.</summary>
    public bool TryDecode(ReadOnlySpan<byte> stored, int streams, SectionCodec codec, out string error)
    {
        _raw.Clear();
        _ends.Clear();
        error = "is no page of tiles";
        var cursor = new ByteCursor(stored);
        if (cursor.ReadInt32() != streams || streams > cursor.Remaining) return false;
        var heads = cursor;
        long raw = 0;
        for (var i = 0; i < streams; i++)
        {
            raw += cursor.ReadInt32();
            cursor.ReadVarint();
            cursor.Take(1);
        }
        if (cursor.Failed || raw > RawBytesMax) return false;
        for (var i = 0; i < streams; i++)
        {
            var rawBytes = heads.ReadInt32();
            var bytes = cursor.Take(heads.ReadInt32());
            var id = (CodecId)heads.Take(1)[0];
            if (cursor.Failed) return false;
            if (!codec.TryDecompress(id, bytes, _raw.Extend(rawBytes), out var fault))
            {
                error = fault;
                return false;
            }
            _ends.Add(_raw.Count);
        }
        return cursor.AtEnd;
    }
}
