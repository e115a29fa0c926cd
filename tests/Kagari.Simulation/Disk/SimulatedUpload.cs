using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>An object written beside its place and moved there when it is whole, as <see cref="LocalObjectUpload"/> does it.</summary>
internal sealed class SimulatedUpload(SimulatedDisk disk, SimulatedFile file, string key, string temporaryKey) : IObjectUpload
{
    private bool _completed;

    public string Key => key;

    public long Length { get; private set; }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        disk.Write(file, temporaryKey, (int)Length, bytes.Span);
        Length += bytes.Length;
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        disk.Sync(file, temporaryKey);
        disk.Step(DiskCall.Rename, temporaryKey);
        disk.Move(temporaryKey, key);
        _completed = true;
        disk.SyncDirectory(key);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        // Giving up must not hide why; what stays beside is overwritten by the next attempt.
        if (!_completed && !disk.HasCrashed) disk.Unlink(temporaryKey);
        return ValueTask.CompletedTask;
    }
}
