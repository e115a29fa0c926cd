namespace Kagari.Storage;

/// <summary>An object being written. It exists once <see cref="CompleteAsync"/> has ended, whole and durable, or never.</summary>
/// <remarks>Disposing it before that gives it up and removes what was written. Not thread safe.</remarks>
public interface IObjectUpload : IAsyncDisposable
{
    /// <summary>Its key.</summary>
    string Key { get; }

    /// <summary>Bytes written so far.</summary>
    long Length { get; }

    /// <summary>Adds bytes at the end; they are not used after the task has ended.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Makes the object durable, then visible, in place of an older one of the same key.</summary>
    ValueTask CompleteAsync(CancellationToken cancellation);
}
