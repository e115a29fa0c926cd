namespace Kagari.Storage;

/// <summary>Holds all data as named objects: a local directory here, an S3-compatible store for many processes.</summary>
/// <remarks>Keys are relative paths with <c>/</c> between parts. Implementations are thread safe.</remarks>
public interface IObjectStore
{
    /// <summary>Stores an object whole; when the task ends, it is durable and visible.</summary>
    ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>Fills <paramref name="into"/> from the object, starting at <paramref name="offset"/>.</summary>
    /// <exception cref="ObjectNotFoundException">No such object.</exception>
    /// <exception cref="ObjectDamagedException">The object ends before the range does.</exception>
    ValueTask ReadAsync(string key, long offset, Memory<byte> into, CancellationToken cancellation);

    /// <summary>All of a small object; null where there is none.</summary>
    /// <remarks>This default lists, then reads: a store whose objects are replaced by others of another length overrides it, so that one version is read.</remarks>
    async ValueTask<byte[]?> FindAsync(string key, CancellationToken cancellation)
    {
        foreach (var found in await ListAsync(key, cancellation))
        {
            if (found.Key != key) continue;
            var bytes = new byte[found.Length];
            await ReadAsync(key, 0, bytes, cancellation);
            return bytes;
        }
        return null;
    }

    /// <summary>Starts an object that is written piece by piece: one that need not fit in memory.</summary>
    ValueTask<IObjectUpload> BeginUploadAsync(string key, CancellationToken cancellation);

    /// <summary>Removes an object, durably; a missing one is no error.</summary>
    ValueTask DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>All objects whose key starts with <paramref name="prefix"/>, by key in ordinal order.</summary>
    ValueTask<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>The local file of an object, for those who map it; null where there is none. It is only read.</summary>
    string? FileOf(string key) => null;

    /// <summary>Bytes that can still be written; null where nobody can say, as in a cloud store.</summary>
    long? FreeBytes { get; }

    /// <summary>Size of the disk; null where there is none, as in a cloud store.</summary>
    long? TotalBytes => null;
}

/// <summary>Name and length of an object.</summary>
public readonly record struct ObjectInfo(string Key, long Length);
