using Microsoft.Win32.SafeHandles;

namespace Kagari.Storage;

/// <summary>Objects as files below one directory. A lock file keeps a second process out.</summary>
public sealed class LocalObjectStore : IAppendStore, IDisposable
{
    private const string TemporarySuffix = ".tmp";

    private readonly FileStream _lock;
    private readonly ReadHandles _handles = new();

    /// <summary>Opens or creates the directory.</summary>
    /// <exception cref="IOException">Another process has it open, or it cannot be written.</exception>
    public LocalObjectStore(string directory)
    {
        Root = Path.GetFullPath(directory);
        Directory.CreateDirectory(Path.Combine(Root, SegmentLog.Prefix));
        LocalDisk.SyncDirectory(Root);
        if (Path.GetDirectoryName(Root) is { } parent) LocalDisk.SyncDirectory(parent);
        var file = Path.Combine(Root, "lock");
        try
        {
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"The storage directory '{Root}' is in use by another process (its file 'lock' is held). "
                + "Stop that process, or give this one its own -storage.filesystem.dir.", e);
        }
        // Half-written objects of a process that died: their names may never come again, so nobody would overwrite them.
        foreach (var half in Directory.EnumerateFiles(Root, "*" + TemporarySuffix, SearchOption.AllDirectories)) File.Delete(half);
    }

    /// <summary>The directory.</summary>
    public string Root { get; }

    /// <inheritdoc/>
    public async ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await using var upload = await BeginUploadAsync(key, cancellation);
        await upload.WriteAsync(content, cancellation);
        await upload.CompleteAsync(cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IObjectUpload> BeginUploadAsync(string key, CancellationToken cancellation) =>
        ValueTask.FromResult<IObjectUpload>(new LocalObjectUpload(key, PathOf(key), TemporarySuffix, () => _handles.Forget(key)));

    /// <inheritdoc/>
    public string? FileOf(string key) => PathOf(key) is var path && File.Exists(path) ? path : null;

    /// <inheritdoc/>
    public long? FreeBytes => new DriveInfo(Root).AvailableFreeSpace;

    /// <inheritdoc/>
    public long? TotalBytes => new DriveInfo(Root).TotalSize;

    /// <inheritdoc/>
    public ValueTask ReadAsync(string key, long offset, Memory<byte> into, CancellationToken cancellation)
    {
        // Synchronous on purpose: local reads come from the page cache, where an await costs more than the read.
        using var lease = _handles.Rent(key, OpenForReading);
        var span = into.Span;
        while (span.Length > 0)
        {
            var read = RandomAccess.Read(lease.File, span, offset);
            if (read == 0) throw new ObjectDamagedException(key, offset, $"the object ends; expected {span.Length} more bytes");
            span = span[read..];
            offset += read;
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> FindAsync(string key, CancellationToken cancellation)
    {
        try
        {
            // Objects are replaced by renaming: an open file stays the version that it was.
            using var file = File.OpenHandle(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[RandomAccess.GetLength(file)];
            for (var at = 0; at < bytes.Length;)
            {
                var read = RandomAccess.Read(file, bytes.AsSpan(at), at);
                if (read == 0) throw new ObjectDamagedException(key, at, $"the object ends; expected {bytes.Length - at} more bytes");
                at += read;
            }
            return ValueTask.FromResult<byte[]?>(bytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<byte[]?>(null);
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string key, CancellationToken cancellation)
    {
        _handles.Forget(key);
        var path = PathOf(key);
        if (!File.Exists(path)) return ValueTask.CompletedTask;
        File.Delete(path);
        LocalDisk.SyncDirectory(Path.GetDirectoryName(path)!);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var slash = prefix.LastIndexOf('/');
        var directory = slash < 0 ? Root : PathOf(prefix[..slash]);
        if (!Directory.Exists(directory)) return ValueTask.FromResult<IReadOnlyList<ObjectInfo>>([]);
        IReadOnlyList<ObjectInfo> found =
        [
            .. new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(f => (Key: Path.GetRelativePath(Root, f.FullName).Replace('\\', '/'), File: f))
                .Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal) && !o.Key.EndsWith(TemporarySuffix, StringComparison.Ordinal))
                .Select(o => new ObjectInfo(o.Key, LengthOf(o.File)))
                .Where(o => o.Length >= 0)
                .OrderBy(o => o.Key, StringComparer.Ordinal),
        ];
        return ValueTask.FromResult(found);
    }

    /// <summary>Its length; −1 where it was deleted since it was listed.</summary>
    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return -1;
        }
    }

    /// <inheritdoc/>
    public IAppendObject Create(string key)
    {
        var path = PathOf(key);
        LocalDisk.CreateDirectory(Path.GetDirectoryName(path)!);
        var created = new LocalAppendObject(key, path, FileMode.CreateNew);
        LocalDisk.SyncDirectory(Path.GetDirectoryName(path)!);
        return created;
    }

    /// <inheritdoc/>
    public IAppendObject Open(string key)
    {
        var path = PathOf(key);
        return File.Exists(path) ? new LocalAppendObject(key, path, FileMode.Open) : Create(key);
    }

    /// <inheritdoc/>
    public void Truncate(string key, long length)
    {
        using var file = File.OpenHandle(PathOf(key), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.SetLength(file, length);
        RandomAccess.FlushToDisk(file);
    }

    /// <inheritdoc/>
    public void Rename(string key, string newKey)
    {
        LocalDisk.CreateDirectory(Path.GetDirectoryName(PathOf(newKey))!);
        File.Move(PathOf(key), PathOf(newKey), overwrite: true);
        _handles.Forget(key);
        _handles.Forget(newKey);
        LocalDisk.SyncDirectory(Path.GetDirectoryName(PathOf(newKey))!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _handles.Dispose();
        _lock.Dispose();
    }

    private SafeFileHandle OpenForReading(string key)
    {
        try
        {
            return File.OpenHandle(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ObjectNotFoundException(key, e);
        }
    }

    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(Root, key));
        return path.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"BUG: object key '{key}' leaves the store.", nameof(key));
    }
}
