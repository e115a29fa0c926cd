namespace Kagari.Symbols;

/// <summary>Bounds all work on one file, and all memory kept of it.</summary>
/// <remarks>
/// Most of DWARF is read once and in proportion to its bytes. But units may share tables, and entries may share lists,
/// so a small file could ask for the same long list a million times; steps count that work.
/// </remarks>
internal sealed class DwarfBudget(long steps, long memoryBytes)
{
    private long _steps = steps;
    private long _memoryBytes;

    public long MemoryBytes => Interlocked.Read(ref _memoryBytes);

    /// <summary>Whether nothing more may be read.</summary>
    public bool IsSpent => Interlocked.Read(ref _steps) < 0 || MemoryBytes > memoryBytes;

    public bool TryTake(long count) => Interlocked.Add(ref _steps, -count) >= 0;

    public void Keep(long bytes) => Interlocked.Add(ref _memoryBytes, bytes);
}
