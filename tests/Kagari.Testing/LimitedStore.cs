using Kagari.Storage;

namespace Kagari.Testing;

/// <summary>A store on a disk of limited size: what exceeds it fails half-way, as on a full disk.</summary>
public sealed class LimitedStore(LocalObjectStore inner) : IAppendStore
{
    private long _written;

    /// <summary>What <see cref="FreeBytes"/> says; null: nobody knows.</summary>
    public Func<LimitedStore, long?> Free { get; set; } = static _ => null;

    /// <summary>How many bytes can be written from now on.</summary>
    public long Budget
    {
        get => Interlocked.Read(ref field) - Interlocked.Read(ref _written);
        set
        {
            Interlocked.Exchange(ref _written, 0);
            Interlocked.Exchange(ref field, value);
        }
    } = long.MaxValue;

    /// <summary>Bytes of all files.</summary>
    public long UsedBytes => new DirectoryInfo(inner.Root).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    /// <inheritdoc/>
    public long? FreeBytes => Free(this);

    /// <inheritdoc/>
    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        Take(content.Length);
        return inner.PutAsync(key, content, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(string key, long offset, Memory<byte> into, CancellationToken cancellation) => inner.ReadAsync(key, offset, into, cancellation);

    /// <inheritdoc/>
    public async ValueTask<IObjectUpload> BeginUploadAsync(string key, CancellationToken cancellation) =>
        new LimitedUpload(this, await inner.BeginUploadAsync(key, cancellation));

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string key, CancellationToken cancellation) => inner.DeleteAsync(key, cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, CancellationToken cancellation) => inner.ListAsync(prefix, cancellation);

    /// <inheritdoc/>
    public IAppendObject Create(string key) => new LimitedAppend(this, inner.Create(key));

    /// <inheritdoc/>
    public IAppendObject Open(string key) => new LimitedAppend(this, inner.Open(key));

    /// <inheritdoc/>
    public void Truncate(string key, long length) => inner.Truncate(key, length);

    /// <inheritdoc/>
    public void Rename(string key, string newKey) => inner.Rename(key, newKey);

    /// <summary>Bytes of these that still fit.</summary>
    private int Fit(int bytes)
    {
        var left = Math.Max(0, Budget);
        Interlocked.Add(ref _written, bytes);
        return (int)Math.Min(left, bytes);
    }

    private void Take(int bytes)
    {
        if (Fit(bytes) < bytes) throw Full();
    }

    private static IOException Full() => new("No space left on device");

    private sealed class LimitedUpload(LimitedStore owner, IObjectUpload upload) : IObjectUpload
    {
        public string Key => upload.Key;

        public long Length => upload.Length;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        {
            owner.Take(bytes.Length);
            return upload.WriteAsync(bytes, cancellation);
        }

        public ValueTask CompleteAsync(CancellationToken cancellation) => upload.CompleteAsync(cancellation);

        public ValueTask DisposeAsync() => upload.DisposeAsync();
    }

    private sealed class LimitedAppend(LimitedStore owner, IAppendObject file) : IAppendObject
    {
        public string Key => file.Key;

        public long Length => file.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            var fits = owner.Fit(bytes.Length);
            file.Append(bytes[..fits]);
            if (fits < bytes.Length) throw Full();
        }

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
