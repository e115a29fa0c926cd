using Kagari.Storage;

namespace Kagari.Simulation.Mutations;

/// <summary>A catalogue that forgets the last block of a replacement: what a compactor that drops rows leaves.</summary>
internal sealed class BlockDroppingCatalogue(ICatalogue catalogue) : CatalogueWrapper(catalogue)
{
    public override ValueTask ReplaceAsync(Replacement replacement, JobLease? lease, CancellationToken cancellation) =>
        base.ReplaceAsync(replacement with { Added = [.. replacement.Added.SkipLast(1)] }, lease, cancellation);
}

/// <summary>A catalogue whose blocks claim to end a bit before their last row: a query then takes them for not repeating, or leaves them out.</summary>
internal sealed class ShortBlockCatalogue(ICatalogue catalogue) : CatalogueWrapper(catalogue)
{
    public override ValueTask ReplaceAsync(Replacement replacement, JobLease? lease, CancellationToken cancellation) =>
        base.ReplaceAsync(replacement with { Added = [.. replacement.Added.Select(Shorten)] }, lease, cancellation);

    private static BlockEntry Shorten(BlockEntry block) => block with
    {
        Datasets = [.. block.Datasets.Select(d => d with { TimeNanosMax = Math.Max(d.TimeNanosMin, d.TimeNanosMax - 1) })],
    };
}

/// <summary>A catalogue that keeps the first source of each replacement, which is deleted all the same.</summary>
internal sealed class KeepingCatalogue(ICatalogue catalogue) : CatalogueWrapper(catalogue)
{
    public override ValueTask ReplaceAsync(Replacement replacement, JobLease? lease, CancellationToken cancellation) =>
        base.ReplaceAsync(replacement with { Removed = [.. replacement.Removed.Skip(1)] }, lease, cancellation);
}

/// <summary>A store that deletes the sources of a job as soon as its first block is written: before the catalogue knows.</summary>
internal sealed class HastyStore(IAppendStore store, Func<IEnumerable<string>> sources) : IAppendStore
{
    public long? FreeBytes => store.FreeBytes;

    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation) => store.PutAsync(key, content, cancellation);

    public ValueTask ReadAsync(string key, long offset, Memory<byte> into, CancellationToken cancellation) => store.ReadAsync(key, offset, into, cancellation);

    public async ValueTask<IObjectUpload> BeginUploadAsync(string key, CancellationToken cancellation) =>
        new Upload(await store.BeginUploadAsync(key, cancellation), this);

    public ValueTask DeleteAsync(string key, CancellationToken cancellation) => store.DeleteAsync(key, cancellation);

    public ValueTask<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, CancellationToken cancellation) => store.ListAsync(prefix, cancellation);

    public IAppendObject Create(string key) => store.Create(key);

    public IAppendObject Open(string key) => store.Open(key);

    public void Truncate(string key, long length) => store.Truncate(key, length);

    public void Rename(string key, string newKey) => store.Rename(key, newKey);

    private sealed class Upload(IObjectUpload upload, HastyStore owner) : IObjectUpload
    {
        public string Key => upload.Key;

        public long Length => upload.Length;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => upload.WriteAsync(bytes, cancellation);

        public async ValueTask CompleteAsync(CancellationToken cancellation)
        {
            await upload.CompleteAsync(cancellation);
            foreach (var source in owner.Sources()) await owner.DeleteAsync(source, cancellation);
        }

        public ValueTask DisposeAsync() => upload.DisposeAsync();
    }

    private IEnumerable<string> Sources() => sources();
}

/// <summary>A store whose blocks have one byte less right than was written, with a checksum that matches nothing.</summary>
internal sealed class FlippingStore(IAppendStore store) : IAppendStore
{
    private int _written;

    public long? FreeBytes => store.FreeBytes;

    public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation) => store.PutAsync(key, content, cancellation);

    public ValueTask ReadAsync(string key, long offset, Memory<byte> into, CancellationToken cancellation) => store.ReadAsync(key, offset, into, cancellation);

    public async ValueTask<IObjectUpload> BeginUploadAsync(string key, CancellationToken cancellation) =>
        new Upload(await store.BeginUploadAsync(key, cancellation), this);

    public ValueTask DeleteAsync(string key, CancellationToken cancellation) => store.DeleteAsync(key, cancellation);

    public ValueTask<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, CancellationToken cancellation) => store.ListAsync(prefix, cancellation);

    public IAppendObject Create(string key) => store.Create(key);

    public IAppendObject Open(string key) => store.Open(key);

    public void Truncate(string key, long length) => store.Truncate(key, length);

    public void Rename(string key, string newKey) => store.Rename(key, newKey);

    private sealed class Upload(IObjectUpload upload, FlippingStore owner) : IObjectUpload
    {
        public string Key => upload.Key;

        public long Length => upload.Length;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        {
            var copy = bytes.ToArray();
            if (++owner._written % 3 == 0) copy[copy.Length / 3] ^= 4;
            return upload.WriteAsync(copy, cancellation);
        }

        public ValueTask CompleteAsync(CancellationToken cancellation) => upload.CompleteAsync(cancellation);

        public ValueTask DisposeAsync() => upload.DisposeAsync();
    }
}
