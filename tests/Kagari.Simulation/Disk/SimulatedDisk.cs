using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>A disk in memory that keeps exactly the promises of <see cref="IAppendStore"/> and breaks everything else.</summary>
/// <remarks>
/// It takes the same small steps as <see cref="LocalObjectStore"/> (write beside, sync, rename, sync the directory), and
/// each is a place to fail, to be slow or to die. What was not synced is, after a power cut, whatever chance says. Not
/// thread safe: a world is one thread.
/// </remarks>
internal sealed partial class SimulatedDisk(Random random, SimulatedClock clock) : IAppendStore
{
    private const string TemporarySuffix = ".tmp";

    private SortedDictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private long _crashAt = long.MaxValue;
    private DiskCall? _crashCall;
    private bool _quiet;
    private Action? _meanwhile;
    private long _meanwhileAt;

    /// <summary>Counts restarts: what was opened before one is closed.</summary>
    public int Epoch { get; private set; }

    /// <summary>Calls so far: the places where a crash can be put.</summary>
    public long Steps { get; private set; }

    /// <summary>Failures so far that the disk made up.</summary>
    public long Failures { get; private set; }

    /// <summary>Whether the process has died; every call fails until <see cref="Restart"/>.</summary>
    public bool HasCrashed { get; private set; }

    /// <summary>What goes wrong for now.</summary>
    public DiskFaults Faults { get; set; } = DiskFaults.None;

    /// <summary>Promises that are not kept: for the tests of the simulator itself.</summary>
    public DiskLies Lies { get; init; }

    /// <summary>How many bytes fit.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>Bytes of a page: what reaches the medium in one piece.</summary>
    public int PageBytes { get; init; } = 512;

    /// <summary>
    /// Runs once, before the call that many calls from now: a place in the middle of real code where another thread would
    /// have its turn; later where <see cref="IsLocked"/> says that the other would have to wait.
    /// </summary>
    public void RunIn(int calls, Action meanwhile) => (_meanwhileAt, _meanwhile) = (Steps + calls, meanwhile);

    /// <summary>Whether the code that calls holds a lock that others wait for. All run on one thread, for which it is open.</summary>
    public Func<bool> IsLocked { get; set; } = static () => false;

    /// <summary>Forgets what <see cref="RunIn"/> was to run; false where it ran.</summary>
    public bool RunsNothing()
    {
        var waited = _meanwhile is not null;
        _meanwhile = null;
        return waited;
    }

    public long UsedBytes => _names.Values.Sum(f => (long)f.Length);

    public long? FreeBytes => CapacityBytes == long.MaxValue ? long.MaxValue / 2 : Math.Max(0, CapacityBytes - UsedBytes);

    /// <summary>Dies at the call that many steps from now; 0 = the next one.</summary>
    public void CrashIn(long steps) => _crashAt = Steps + steps;

    /// <summary>Dies at the next call of this kind: few calls change something, and there it hurts most.</summary>
    public void CrashAtNext(DiskCall call) => _crashCall = call;

    /// <summary>Runs something without faults, crashes or steps: the world looks, the system is not asked.</summary>
    public async Task QuietlyAsync(Func<Task> look)
    {
        var wasQuiet = _quiet;
        _quiet = true;
        try
        {
            await look();
        }
        finally
        {
            _quiet = wasQuiet;
        }
    }

    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await using var upload = await BeginUploadAsync(key, cancellation);
        await upload.WriteAsync(content, cancellation);
        await upload.CompleteAsync(cancellation);
    }

    public ValueTask<IObjectUpload> BeginUploadAsync(string key, CancellationToken cancellation)
    {
        Step(DiskCall.Create, key);
        var file = new SimulatedFile();
        Link(key + TemporarySuffix, file);
        return ValueTask.FromResult<IObjectUpload>(new SimulatedUpload(this, file, key, key + TemporarySuffix));
    }

    public ValueTask ReadAsync(string key, long offset, Memory<byte> into, CancellationToken cancellation)
    {
        Step(DiskCall.Read, key);
        if (!_names.TryGetValue(key, out var file)) throw new ObjectNotFoundException(key);
        if (offset + into.Length > file.Length) throw new ObjectDamagedException(key, Math.Min(offset, file.Length), $"the object ends at {file.Length}; expected {into.Length} bytes from {offset}");
        file.Visible.Slice((int)offset, into.Length).CopyTo(into.Span);
        if (Lies.HasFlag(DiskLies.Reads) && into.Length > 0 && random.Next(50) == 0) into.Span[random.Next(into.Length)] ^= 1;
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancellation)
    {
        Step(DiskCall.Delete, key);
        if (!_names.ContainsKey(key)) return ValueTask.CompletedTask;
        Unlink(key);
        SyncDirectory(key);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, CancellationToken cancellation)
    {
        Step(DiskCall.List, prefix);
        return ValueTask.FromResult<IReadOnlyList<ObjectInfo>>(
        [
            .. _names.Where(n => n.Key.StartsWith(prefix, StringComparison.Ordinal) && !n.Key.EndsWith(TemporarySuffix, StringComparison.Ordinal))
                .Select(n => new ObjectInfo(n.Key, n.Value.Length)),
        ]);
    }

    public IAppendObject Create(string key)
    {
        Step(DiskCall.Create, key);
        if (_names.ContainsKey(key)) throw new IOException($"The file '{key}' already exists.");
        var file = new SimulatedFile();
        Link(key, file);
        SyncDirectory(key);
        return new SimulatedAppendObject(this, file, key);
    }

    public IAppendObject Open(string key)
    {
        if (!_names.TryGetValue(key, out var file)) return Create(key);
        Step(DiskCall.Read, key);
        return new SimulatedAppendObject(this, file, key);
    }

    public void Truncate(string key, long length)
    {
        Step(DiskCall.Truncate, key);
        if (!_names.TryGetValue(key, out var file)) throw new ObjectNotFoundException(key);
        file.SetLength((int)length);
        Sync(file, key);
    }

    public void Rename(string key, string newKey)
    {
        Step(DiskCall.Rename, key);
        Move(key, newKey);
        SyncDirectory(newKey);
    }

    /// <summary>Objects by key with their lengths, for the trace: equal runs have equal disks.</summary>
    public string Describe() => string.Join(", ", _names.Select(n => $"{n.Key} {n.Value.DurableLength}/{n.Value.Length}"));

    /// <summary>Writes at a place; on a full disk what fits is written before the call fails.</summary>
    internal void Write(SimulatedFile file, string key, int offset, ReadOnlySpan<byte> bytes)
    {
        var free = Math.Max(0, Math.Min(int.MaxValue, FreeBytes!.Value + Math.Max(0, file.Length - offset)));
        try
        {
            Step(DiskCall.Write, key);
        }
        catch
        {
            // A write that fails, or during which the process dies, may have done a part.
            file.Write(offset, bytes[..(int)Math.Min(free, random.Next(bytes.Length + 1))]);
            throw;
        }
        if (bytes.Length <= free || _quiet)
        {
            file.Write(offset, bytes);
            return;
        }
        file.Write(offset, bytes[..(int)free]);
        Failures++;
        throw new IOException($"No space left on device : '{key}'");
    }

    internal void Sync(SimulatedFile file, string key)
    {
        try
        {
            Step(DiskCall.Sync, key);
        }
        catch (IOException)
        {
            if (random.Next(2) == 0) file.DropUnsynced();
            throw;
        }
        if (!Lies.HasFlag(DiskLies.Sync)) file.Sync();
    }

    /// <summary>One call: counted, and the place where things go wrong.</summary>
    internal void Step(DiskCall call, string key)
    {
        if (_quiet) return;
        if (HasCrashed) throw new SimulatedCrashException($"The process is dead; {call} of '{key}' cannot be.");
        if (_meanwhile is { } meanwhile && Steps >= _meanwhileAt && !IsLocked())
        {
            _meanwhile = null;
            meanwhile();
            if (HasCrashed) throw new SimulatedCrashException($"The process died before {call} of '{key}'.");
        }
        var step = Steps++;
        if (step >= _crashAt || call == _crashCall)
        {
            HasCrashed = true;
            throw new SimulatedCrashException($"The process died at step {step}: {call} of '{key}'.");
        }
        if (Faults.SlowPercent > 0 && random.Next(100) < Faults.SlowPercent) clock.Pass(TimeSpan.FromMilliseconds(random.Next(1, 2000)));
        if (!Faults.Fails(call, random)) return;
        Failures++;
        throw new IOException($"Input/output error : {call} of '{key}' at step {step}");
    }
}
