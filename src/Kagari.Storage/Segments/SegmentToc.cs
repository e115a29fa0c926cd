using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>A segment's table of contents: what stands in its frame, in the manifest and in the catalogue.</summary>
internal static class SegmentToc
{
    public static void Encode(IReadOnlyList<PendingDataset> datasets, ref FlatList<byte> output)
    {
        output.AddVarint(datasets.Count);
        foreach (var dataset in datasets)
        {
            output.AddBytes(Encoding.UTF8.GetBytes(dataset.Tenant));
            output.AddBytes(Encoding.UTF8.GetBytes(dataset.Service));
            output.AddVarint(dataset.Generation);
            output.AddZigZag(dataset.TimeNanosMin);
            output.AddVarint((ulong)(dataset.TimeNanosMax - dataset.TimeNanosMin));
            output.AddVarint(dataset.RowCount);
            foreach (var section in dataset.Sections)
            {
                output.AddVarint((ulong)section.Offset);
                output.AddVarint(section.StoredBytes);
                output.AddVarint(section.RawBytes);
                output.Add((byte)section.Codec);
                output.AddUInt32(section.Checksum);
            }
        }
    }

    /// <summary>Reads a table of contents; offsets are moved by <paramref name="payloadOffset"/>. Null where it is damaged.</summary>
    public static List<DatasetEntry>? TryDecode(ReadOnlySpan<byte> toc, long payloadOffset, long payloadBytes)
    {
        var cursor = new ByteCursor(toc);
        var count = cursor.ReadInt32(cursor.Remaining);
        var datasets = new List<DatasetEntry>(Math.Min(count, 1024));
        for (var i = 0; i < count && !cursor.Failed; i++)
        {
            var tenant = Encoding.UTF8.GetString(cursor.ReadBytes());
            var service = Encoding.UTF8.GetString(cursor.ReadBytes());
            var generation = cursor.ReadInt32();
            var first = cursor.ReadZigZag();
            var last = unchecked(first + (long)cursor.ReadVarint());
            var rows = cursor.ReadInt32();
            var sections = new Section[DatasetEntry.SectionCount];
            foreach (ref var section in sections.AsSpan())
            {
                var offset = cursor.ReadVarint();
                var stored = cursor.ReadInt32();
                var raw = cursor.ReadInt32();
                var codec = cursor.Take(1) is { Length: 1 } bytes ? bytes[0] : (byte)0;
                if (offset + (ulong)stored > (ulong)payloadBytes) cursor.Fail();
                section = new Section(payloadOffset + (long)offset, stored, raw, (CodecId)codec, cursor.ReadUInt32());
            }
            datasets.Add(new DatasetEntry(tenant, service, generation, first, last, rows, sections));
        }
        return cursor.Failed || !cursor.AtEnd ? null : datasets;
    }
}
