using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>A file that is appended to by position, as <see cref="LocalAppendObject"/> does it.</summary>
internal sealed class SimulatedAppendObject(SimulatedDisk disk, SimulatedFile file, string key) : IAppendObject
{
    private readonly int _epoch = disk.Epoch;
    private bool _disposed;

    public string Key => key;

    public long Length { get; private set; } = file.Length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        CheckOpen();
        disk.Write(file, key, (int)Length, bytes);
        Length += bytes.Length;
    }

    public void Sync()
    {
        CheckOpen();
        disk.Sync(file, key);
    }

    public void Dispose() => _disposed = true;

    private void CheckOpen()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_epoch != disk.Epoch) throw new InvalidOperationException($"BUG: '{key}' was opened before a restart and is used after it.");
    }
}
