using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The series that the value columns of one row belong to: one label set per sample type that is kept.</summary>
/// <remarks>Immutable, so that a distributor can make it once per client and reuse it for every push.</remarks>
public sealed class SeriesGroup
{
    /// <summary>A group of at least one series.</summary>
    /// <param name="series">Complete label sets, derived private labels included.</param>
    /// <param name="columns">For each series, which value of a sample it takes.</param>
    public SeriesGroup(IReadOnlyList<LabelSet> series, IReadOnlyList<int> columns)
    {
        if (series.Count == 0 || series.Count != columns.Count)
            throw new ArgumentException($"BUG: {series.Count} series for {columns.Count} columns.", nameof(series));
        Series = series;
        Columns = [.. columns];
        Hash = ComputeHash(series);
    }

    /// <summary>The label sets.</summary>
    public IReadOnlyList<LabelSet> Series { get; }

    /// <summary>A hash of all labels: equal for equal groups, whatever process made them.</summary>
    public UInt128 Hash { get; }

    internal int[] Columns { get; }

    private static UInt128 ComputeHash(IReadOnlyList<LabelSet> series)
    {
        var bytes = new FlatList<byte>();
        foreach (var labels in series)
        {
            bytes.AddVarint(labels.Count);
            foreach (var label in labels)
            {
                bytes.AddBytes(Encoding.UTF8.GetBytes(label.Name));
                bytes.AddBytes(Encoding.UTF8.GetBytes(label.Value));
            }
        }
        return new UInt128(XxHash64.Of(bytes.Span), XxHash64.Of(bytes.Span, 1));
    }
}
