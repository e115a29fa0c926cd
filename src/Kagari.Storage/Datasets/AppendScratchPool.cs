using System.Collections.Concurrent;

namespace Kagari.Storage;

/// <summary>A few <see cref="AppendScratch"/> for all writers: as many as profiles are taken at the same time. Thread safe.</summary>
/// <remarks>
/// One for each writer would hold memory in proportion to the number of services, and none of it would be in the
/// processor's caches when its turn comes. Those that one giant made large are let go.
/// </remarks>
internal sealed class AppendScratchPool
{
    private const long KeptBytesMax = 24 << 20;

    private readonly ConcurrentBag<AppendScratch> _free = [];
    private readonly int _keptMax = Environment.ProcessorCount;

    /// <summary>How many wait for the next profile.</summary>
    public int FreeCount => _free.Count;

    public AppendScratch Rent() => _free.TryTake(out var scratch) ? scratch : new AppendScratch();

    /// <summary>
    /// Gives one back whose profile was taken as a whole. One that something went wrong with may hold half a row: nobody
    /// gives it back, it is left to the collector.
    /// </summary>
    public void Return(AppendScratch scratch)
    {
        if (_free.Count < _keptMax && scratch.Interner.MemoryBytes <= KeptBytesMax) _free.Add(scratch);
    }
}
