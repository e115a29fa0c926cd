using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The series section of a block: label sets, groups, rows per group.</summary>
/// <remarks>
/// <code>
/// texts   front-coded: names and values of labels
/// series  count | each: labels, then name, value…
/// groups  count | each: columns, series…, rows
/// </code>
/// </remarks>
internal static class BlockSeriesCodec
{
    public static void Encode(IReadOnlyList<LabelSet> series, IReadOnlyList<int[]> groups, ReadOnlySpan<int> rowsOfGroup, ref FlatList<byte> output)
    {
        var texts = series.SelectMany(s => s).SelectMany(l => new[] { l.Name, l.Value }).Distinct(StringComparer.Ordinal)
            .Select(t => (Text: t, Bytes: Encoding.UTF8.GetBytes(t))).ToArray();
        Array.Sort(texts, (a, b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes));
        var ids = texts.Index().ToDictionary(t => t.Item.Text, t => t.Index, StringComparer.Ordinal);
        FrontCoding.Encode(texts.Length, i => texts[i].Bytes, ref output);
        output.AddVarint(series.Count);
        foreach (var labels in series)
        {
            output.AddVarint(labels.Count);
            foreach (var (name, value) in labels)
            {
                output.AddVarint(ids[name]);
                output.AddVarint(ids[value]);
            }
        }
        output.AddVarint(groups.Count);
        for (var group = 0; group < groups.Count; group++)
        {
            output.AddVarint(groups[group].Length);
            foreach (var id in groups[group]) output.AddVarint(id);
            output.AddVarint(rowsOfGroup[group]);
        }
    }

    /// <summary>Reads the section; null where it is damaged.</summary>
    public static BlockSeries? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        var (text, ends) = (new FlatList<byte>(), new FlatList<int>());
        FrontCoding.Decode(ref cursor, ref text, ref ends, Array.MaxLength);
        if (cursor.Failed) return null;
        var texts = new string[ends.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = Encoding.UTF8.GetString(text.Span[(i == 0 ? 0 : ends[i - 1])..ends[i]]);

        var series = new LabelSet[cursor.ReadInt32(cursor.Remaining)];
        for (var i = 0; i < series.Length && !cursor.Failed; i++)
        {
            var labels = new Label[cursor.ReadInt32(cursor.Remaining)];
            foreach (ref var label in labels.AsSpan())
            {
                var (name, value) = (cursor.ReadInt32(texts.Length - 1), cursor.ReadInt32(texts.Length - 1));
                if (!cursor.Failed) label = new Label(texts[name], texts[value]);
            }
            if (!cursor.Failed) series[i] = LabelSet.Of(labels);
        }
        var groups = new int[cursor.ReadInt32(cursor.Remaining)][];
        var rows = new int[groups.Length];
        long rowCount = 0;
        for (var i = 0; i < groups.Length && !cursor.Failed; i++)
        {
            groups[i] = new int[cursor.ReadInt32(cursor.Remaining)];
            foreach (ref var id in groups[i].AsSpan()) id = cursor.ReadInt32(series.Length - 1);
            rowCount += rows[i] = cursor.ReadInt32();
            if (groups[i].Length == 0 || rowCount > int.MaxValue) return null;
        }
        return cursor.Failed || !cursor.AtEnd ? null : new BlockSeries(series, groups, rows);
    }
}

/// <summary>Series and groups of a block's dataset, and how many rows each group has.</summary>
internal sealed record BlockSeries(LabelSet[] Series, int[][] Groups, int[] RowsOfGroup)
{
    public int RowCount => RowsOfGroup.Sum();
}
