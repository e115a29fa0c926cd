using Kagari.Storage;

namespace Kagari.Cli.Inspecting;

/// <summary>The files of a store for reading only: takes no lock, and what would write does nothing.</summary>
/// <remarks>
/// So the store's own recovery can run over it, also while a server has the store open: it lists what is whole and reports what is
/// not, and nothing on disk changes.
/// </remarks>
/// <param name="root">The storage directory.</param>
/// <param name="only">The one object that is shown; null shows all.</param>
internal sealed class ReadOnlyStore(string root, string? only = null) : IAppendStore
{
    public ValueTask ReadAsync(string key, long offset, Memory<byte> into, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(Path.Combine(root, key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var rest = into.Span;
        while (rest.Length > 0)
        {
            var read = RandomAccess.Read(file, rest, offset);
            if (read == 0) throw new ObjectDamagedException(key, offset, $"the object ends; expected {rest.Length} more bytes");
            rest = rest[read..];
            offset += read;
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var directory = new DirectoryInfo(root);
        IReadOnlyList<ObjectInfo> found =
        [
            .. directory.EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(f => new ObjectInfo(Path.GetRelativePath(directory.FullName, f.FullName).Replace('\\', '/'), f.Length))
                .Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal) && (only is null || o.Key == only))
                .OrderBy(o => o.Key, StringComparer.Ordinal),
        ];
        return ValueTask.FromResult(found);
    }

    public IAppendObject Open(string key) => new Nowhere(key);

    public IAppendObject Create(string key) => new Nowhere(key);

    public void Truncate(string key, long length)
    {
    }

    public void Rename(string key, string newKey)
    {
    }

    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<IObjectUpload> BeginUploadAsync(string key, CancellationToken cancellation) =>
        ValueTask.FromResult<IObjectUpload>(new Discarded(key));

    public long? FreeBytes => null;

    public ValueTask DeleteAsync(string key, CancellationToken cancellation) => ValueTask.CompletedTask;

    private sealed class Discarded(string key) : IObjectUpload
    {
        public string Key => key;

        public long Length => 0;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask CompleteAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Nowhere(string key) : IAppendObject
    {
        public string Key => key;

        public long Length => 0;

        public void Append(ReadOnlySpan<byte> bytes)
        {
        }

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
