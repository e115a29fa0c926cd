using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Collects the rows of a new dataset with their totals.</summary>
internal sealed class DatasetRowsBuilder
{
    private FlatList<Row> _rows;
    private FlatList<long> _totals;

    public int Count => _rows.Count;

    public void Add(in Row row, ReadOnlySpan<long> totals)
    {
        _rows.Add(row with { TotalStart = _totals.Count });
        _totals.AddRange(totals);
    }

    public DatasetRows ToRows() => new(_rows.Memory, _totals.Memory);
}
