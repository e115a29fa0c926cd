using Microsoft.Win32.SafeHandles;

namespace Kagari.Storage;

/// <summary>A file written beside its place and moved there when it is whole.</summary>
internal sealed class LocalObjectUpload : IObjectUpload
{
    private static long s_uploads;

    private readonly string _path, _temporary;
    private readonly Action _replaced;
    private readonly SafeFileHandle _file;
    private bool _completed;

    public LocalObjectUpload(string key, string path, string temporarySuffix, Action replaced)
    {
        Key = key;
        _path = path;
        // Two uploads of one key at once are two files: the one that completes last is the object, whole.
        _temporary = $"{path}.{Interlocked.Increment(ref s_uploads)}{temporarySuffix}";
        _replaced = replaced;
        LocalDisk.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = File.OpenHandle(_temporary, FileMode.CreateNew, FileAccess.Write);
    }

    public string Key { get; }

    public long Length { get; private set; }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        RandomAccess.Write(_file, bytes.Span, Length);
        Length += bytes.Length;
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        LocalDisk.SyncData(_file);
        _file.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _completed = true;
        _replaced();
        LocalDisk.SyncDirectory(Path.GetDirectoryName(_path)!);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        if (!_completed) File.Delete(_temporary);
        return ValueTask.CompletedTask;
    }
}
