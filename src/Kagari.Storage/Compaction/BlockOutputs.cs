namespace Kagari.Storage;

/// <summary>The blocks that a job writes, one open per window; each is begun with its first dataset.</summary>
/// <remarks>The ordinal of a block is its place among the job's blocks; that it is the last is known only when the job ends,
/// so the last one is held open until then.</remarks>
internal sealed class BlockOutputs(
    IObjectStore store, SectionCodec codec, UInt128 jobId, long epoch, IReadOnlyList<string> sources, IReadOnlyList<string> droppedLabels) : IAsyncDisposable
{
    private readonly Dictionary<BlockTarget, BlockWriter> _open = [];
    private readonly List<BlockEntry> _written = [];
    private (BlockTarget Target, BlockWriter Writer)? _held;
    private int _started;

    /// <summary>Blocks that are durable.</summary>
    public IReadOnlyList<BlockEntry> Written => _written;

    /// <summary>The writer of a target.</summary>
    public async ValueTask<BlockWriter> WriterAsync(BlockTarget target, CancellationToken cancellation)
    {
        if (_open.TryGetValue(target, out var known)) return known;
        var upload = await store.BeginUploadAsync(KeyOf(target, _started++), cancellation);
        var writer = new BlockWriter(upload, codec, withFunctions: target is { Level: >= 2, ResolutionNanos: 0 })
        {
            PageBytesMin = target.Level >= 2 ? 2 << 20 : 256 << 10,
        };
        _open.Add(target, writer);
        return writer;
    }

    /// <summary>Where the target's writer stands; 0 where it has none.</summary>
    public long PositionOf(BlockTarget target) => _open.TryGetValue(target, out var writer) ? writer.Position : 0;

    private string KeyOf(BlockTarget target, int ordinal) =>
        BlockKeys.Of(target.Tenant, target.Level, target.Window, target.ResolutionNanos, jobId, epoch, ordinal);

    /// <summary>Ends the block of a target.</summary>
    public async ValueTask EndAsync(BlockTarget target, CancellationToken cancellation)
    {
        if (!_open.Remove(target, out var writer)) return;
        await FinishHeldAsync(isLast: false, cancellation);
        _held = (target, writer);
    }

    /// <summary>Ends all blocks with profiles: what follows are rollups of them.</summary>
    public async ValueTask EndProfilesAsync(CancellationToken cancellation)
    {
        foreach (var target in _open.Keys.OrderBy(t => t.Tenant, StringComparer.Ordinal).ThenBy(t => t.Window.StartNanos).ToList()) await EndAsync(target, cancellation);
        await FinishHeldAsync(isLast: true, cancellation);
    }

    /// <summary>Ends a rollup.</summary>
    public async ValueTask EndRollupAsync(BlockTarget target, CancellationToken cancellation)
    {
        await EndAsync(target, cancellation);
        await FinishHeldAsync(isLast: false, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _open.Values) await writer.DisposeAsync();
        if (_held is { } held) await held.Writer.DisposeAsync();
        _open.Clear();
        _held = null;
    }

    private async ValueTask FinishHeldAsync(bool isLast, CancellationToken cancellation)
    {
        if (_held is not { } held) return;
        var (target, writer) = held;
        var origin = new BlockOrigin(jobId, _written.Count, isLast, sources);
        _written.Add(await writer.FinishAsync(target.Tenant, target.Level, target.Window, target.ResolutionNanos, target.ResolutionNanos > 0 ? droppedLabels : [], origin, cancellation));
        _held = null;
        await writer.DisposeAsync();
    }
}

/// <summary>Which block a dataset goes to.</summary>
internal readonly record struct BlockTarget(string Tenant, int Level, TimeWindow Window, long ResolutionNanos);
