using Kagari.Storage;

namespace Kagari.Query;

/// <summary>A row that a query selected, with the one of its columns that belongs to a selected series.</summary>
internal readonly record struct SelectedRow(Row Row, int Column, int Columns, int Series, long Total);

/// <summary>The selected rows of one dataset of one segment.</summary>
internal sealed record SelectedDataset(ChainSelection Chain, ChainView View, DatasetEntry Entry, List<SelectedRow> Rows);
