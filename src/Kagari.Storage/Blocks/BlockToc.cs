using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>A block's table of contents: what stands at its end, in the manifest and in the catalogue.</summary>
/// <remarks>docs/formats/block.md draws it; keep both in step.</remarks>
internal static class BlockToc
{
    public static void Encode(BlockEntry block, ref FlatList<byte> output)
    {
        AddText(ref output, block.Tenant);
        output.AddVarint(block.Level);
        output.AddZigZag(block.Window.StartNanos);
        output.AddZigZag(block.Window.EndNanos);
        output.AddVarint((ulong)block.ResolutionNanos);
        AddTexts(ref output, block.DroppedLabels);
        output.AddUInt64((ulong)block.Origin.JobId);
        output.AddUInt64((ulong)(block.Origin.JobId >> 64));
        output.AddVarint(block.Origin.Ordinal);
        output.AddVarint(block.Origin.IsLast ? 1 : 0);
        AddTexts(ref output, block.Origin.Sources);
        AddTexts(ref output, block.Types);
        AddSection(ref output, block.Index);
        AddSection(ref output, block.Functions);
        output.AddVarint(block.Datasets.Count);
        foreach (var dataset in block.Datasets)
        {
            AddText(ref output, dataset.Service);
            output.AddZigZag(dataset.TimeNanosMin);
            output.AddVarint((ulong)(dataset.TimeNanosMax - dataset.TimeNanosMin));
            output.AddVarint(dataset.RowCount);
            output.AddVarint((ulong)dataset.CellCount);
            output.AddVarint(dataset.StackCount);
            foreach (var section in dataset.Sections) AddSection(ref output, section);
            output.AddVarint(dataset.Types.Count);
            foreach (var (type, total) in dataset.Types)
            {
                output.AddVarint(type);
                output.AddVarint((ulong)total);
            }
        }
    }

    /// <summary>Reads a table of contents; null where it is damaged or refers beyond the object.</summary>
    public static BlockEntry? TryDecode(ReadOnlySpan<byte> toc, string key, long length)
    {
        var cursor = new ByteCursor(toc);
        var tenant = ReadText(ref cursor);
        var level = cursor.ReadInt32();
        var window = new TimeWindow(cursor.ReadZigZag(), cursor.ReadZigZag());
        var resolution = (long)(cursor.ReadVarint() & long.MaxValue);
        var dropped = ReadTexts(ref cursor);
        var low = cursor.ReadUInt64();
        var job = new UInt128(cursor.ReadUInt64(), low);
        var ordinal = cursor.ReadInt32();
        var isLast = cursor.ReadVarint() != 0;
        var sources = ReadTexts(ref cursor);
        var types = ReadTexts(ref cursor);
        var index = ReadSection(ref cursor, length);
        var functions = ReadSection(ref cursor, length);
        var count = cursor.ReadInt32(cursor.Remaining);
        if (cursor.Failed || count == 0 || window.EndNanos <= window.StartNanos) return null;
        var datasets = new List<BlockDatasetEntry>(Math.Min(count, 1024));
        for (var i = 0; i < count && !cursor.Failed; i++) datasets.Add(ReadDataset(ref cursor, types.Count, length));
        return cursor.Failed || !cursor.AtEnd ? null : new BlockEntry(
            key, length, tenant, level, window, resolution, dropped, new BlockOrigin(job, ordinal, isLast, sources), types, datasets, index, functions);
    }

    private static BlockDatasetEntry ReadDataset(ref ByteCursor cursor, int typeCount, long length)
    {
        var service = ReadText(ref cursor);
        var first = cursor.ReadZigZag();
        var last = unchecked(first + (long)cursor.ReadVarint());
        if (last < first) cursor.Fail();
        var (rows, cells, stacks) = (cursor.ReadInt32(), (long)(cursor.ReadVarint() & long.MaxValue), cursor.ReadInt32());
        var sections = new Section[BlockDatasetEntry.SectionCount];
        foreach (ref var section in sections.AsSpan()) section = ReadSection(ref cursor, length);
        var types = new (int Type, long Total)[cursor.ReadInt32(cursor.Remaining)];
        foreach (ref var type in types.AsSpan())
        {
            var id = cursor.ReadInt32();
            if (id >= typeCount) cursor.Fail();
            type = (id, (long)(cursor.ReadVarint() & long.MaxValue));
        }
        return new BlockDatasetEntry(service, first, last, rows, cells, stacks, sections, types);
    }

    private static void AddSection(ref FlatList<byte> output, in Section section)
    {
        output.AddVarint((ulong)section.Offset);
        output.AddVarint(section.StoredBytes);
        output.AddVarint(section.RawBytes);
        output.Add((byte)section.Codec);
        output.AddUInt32(section.Checksum);
    }

    private static Section ReadSection(ref ByteCursor cursor, long length)
    {
        var offset = cursor.ReadVarint();
        var (stored, raw) = (cursor.ReadInt32(), cursor.ReadInt32());
        var codec = cursor.Take(1) is { Length: 1 } bytes ? bytes[0] : (byte)0;
        if (offset > (ulong)length || (ulong)stored > (ulong)length - offset) cursor.Fail();
        return new Section((long)offset, stored, raw, (CodecId)codec, cursor.ReadUInt32());
    }

    private static void AddText(ref FlatList<byte> output, string text) => output.AddBytes(Encoding.UTF8.GetBytes(text));

    private static void AddTexts(ref FlatList<byte> output, IReadOnlyList<string> texts)
    {
        output.AddVarint(texts.Count);
        foreach (var text in texts) AddText(ref output, text);
    }

    private static string ReadText(ref ByteCursor cursor) => Encoding.UTF8.GetString(cursor.ReadBytes());

    private static List<string> ReadTexts(ref ByteCursor cursor)
    {
        var count = cursor.ReadInt32(cursor.Remaining);
        var texts = new List<string>(Math.Min(count, 1024));
        for (var i = 0; i < count && !cursor.Failed; i++) texts.Add(ReadText(ref cursor));
        return texts;
    }
}
