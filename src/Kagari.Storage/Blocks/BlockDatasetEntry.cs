namespace Kagari.Storage;

/// <summary>One dataset in a block: what planning needs to know without reading it.</summary>
/// <param name="Service">The service.</param>
/// <param name="TimeNanosMin">Time of its first row.</param>
/// <param name="TimeNanosMax">Time of its last row.</param>
/// <param name="RowCount">Rows.</param>
/// <param name="CellCount">Cells: pairs of a stack and a row.</param>
/// <param name="StackCount">Different stacks, the empty one included.</param>
/// <param name="Sections">Its sections, by <see cref="BlockSectionKind"/>.</param>
/// <param name="Types">Sum of all values of each profile type that it has, by index in <see cref="BlockEntry.Types"/>.</param>
public sealed record BlockDatasetEntry(
    string Service,
    long TimeNanosMin,
    long TimeNanosMax,
    int RowCount,
    long CellCount,
    int StackCount,
    IReadOnlyList<Section> Sections,
    IReadOnlyList<(int Type, long Total)> Types)
{
    /// <summary>How many sections a dataset has.</summary>
    internal const int SectionCount = 10;

    /// <summary>A section by what it holds.</summary>
    public Section this[BlockSectionKind kind] => Sections[(int)kind];

    /// <summary>Bytes of all sections as stored.</summary>
    public long StoredBytes => Sections.Sum(s => (long)s.StoredBytes);
}
