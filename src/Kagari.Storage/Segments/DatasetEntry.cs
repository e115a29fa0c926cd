namespace Kagari.Storage;

/// <summary>One dataset (a tenant's service) in one segment: what planning needs to know without reading it.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Service">The service.</param>
/// <param name="Generation">Which chain of this dataset within its log file; see docs/decisions/0002-symbol-chains.md.</param>
/// <param name="TimeNanosMin">Time of its first profile.</param>
/// <param name="TimeNanosMax">Time of its last profile.</param>
/// <param name="RowCount">How many rows it has.</param>
/// <param name="Sections">Its sections, by <see cref="SectionKind"/>.</param>
public sealed record DatasetEntry(
    string Tenant,
    string Service,
    int Generation,
    long TimeNanosMin,
    long TimeNanosMax,
    int RowCount,
    IReadOnlyList<Section> Sections)
{
    /// <summary>How many sections a dataset has.</summary>
    internal const int SectionCount = 4;

    /// <summary>A section by what it holds.</summary>
    public Section this[SectionKind kind] => Sections[(int)kind];
}
