namespace Kagari.Storage;

/// <summary>Names a chain: the segments of one dataset in one log file that share dictionaries.</summary>
public readonly record struct ChainKey(string ObjectKey, string Tenant, string Service, int Generation);

/// <summary>A chain with the segments that a query needs.</summary>
/// <param name="Key">The chain.</param>
/// <param name="Entries">Its datasets from the first to the last that is selected: symbols build on those before.</param>
/// <param name="Selected">Which of them have data in the range asked for.</param>
public sealed record ChainSelection(ChainKey Key, IReadOnlyList<DatasetEntry> Entries, IReadOnlyList<int> Selected);
