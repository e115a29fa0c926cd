using System.Collections.Concurrent;

namespace Kagari.Storage;

/// <summary>What a <see cref="DatasetWriter"/> needs only while it takes one profile.</summary>
internal sealed class AppendScratch
{
    public ProfileInterner Interner { get; } = new();

    public RowCells Cells { get; } = new();
}

/// <summary>A few <see cref="AppendScratch"/> for all writers: as many as profiles are taken at the same time. Thread safe.</summary>
/// <remarks>
/// One for each writer would hold memory in proportion to the number of services, and none of it would be in the
/// processor's caches when its turn comes.
/// </remarks>
internal sealed class AppendScratchPool
{
    private readonly ConcurrentBag<AppendScratch> _free = [];
    private readonly int _keptMax = Environment.ProcessorCount;

    public AppendScratch Rent() => _free.TryTake(out var scratch) ? scratch : new AppendScratch();

    /// <summary>Gives one back whose profile was taken as a whole; one that something went wrong with is left to the collector.</summary>
    public void Return(AppendScratch scratch)
    {
        if (_free.Count < _keptMax) _free.Add(scratch);
    }
}
