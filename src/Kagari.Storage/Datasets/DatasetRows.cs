namespace Kagari.Storage;

/// <summary>Rows of a dataset with their totals. Immutable.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Totals">Totals of all rows, found by <see cref="Row.TotalStart"/>.</param>
public sealed record DatasetRows(ReadOnlyMemory<Row> Rows, ReadOnlyMemory<long> Totals);
