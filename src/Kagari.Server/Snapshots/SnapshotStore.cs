using System.IO.Compression;
using Kagari.Server.Objects;
using Kagari.Server.Rpc;

namespace Kagari.Server.Snapshots;

/// <summary>Keeps snapshots of tenants: <c>snapshots/ID</c> is the document as brotli, <c>snapshot-heads/ID</c> what lists show.</summary>
/// <remarks>
/// The head is written last and removed first, so what a list shows can be opened. Neither is a profile: retention does not touch
/// them. A document is checked against its id, a hash of it, whenever it is read.
/// </remarks>
internal sealed class SnapshotStore(TenantDocuments documents, TenantDocuments heads) : IDisposable
{
    /// <summary>Counting and adding go together, one snapshot at a time.</summary>
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Stores a snapshot; one that is there stays as it is.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="head">What it is.</param>
    /// <param name="json">The document.</param>
    /// <param name="countMax">The most that the tenant may have; 0: any number.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The head that is stored.</returns>
    /// <exception cref="RpcException">The tenant has as many as it may.</exception>
    public async Task<SnapshotHead> AddAsync(string tenant, SnapshotHead head, ReadOnlyMemory<byte> json, int countMax, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (await FindHeadAsync(tenant, head.Id, cancellation) is { } known) return known;
            var count = (await heads.ListAsync(tenant, cancellation)).Count;
            if (countMax > 0 && count >= countMax)
                throw new RpcException(RpcCode.ResourceExhausted, $"there are {count} snapshots; the limit is {countMax} (setting max_snapshots). Delete some.");
            await documents.PutAsync(tenant, head.Id, Compress(json.Span), cancellation);
            await heads.PutAsync(tenant, head.Id, head.ToJson(), cancellation);
            return head;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A snapshot, as it is stored (brotli) and as JSON; null where there is none.</summary>
    /// <exception cref="RpcException">It is damaged.</exception>
    public async Task<(byte[] Brotli, byte[] Json)?> FindAsync(string tenant, string id, CancellationToken cancellation)
    {
        if (await documents.FindAsync(tenant, id, cancellation) is not { } brotli) return null;
        try
        {
            using var source = new BrotliStream(new MemoryStream(brotli), CompressionMode.Decompress);
            using var json = new MemoryStream();
            source.CopyTo(json);
            if (SnapshotDocument.IdOf(json.GetBuffer().AsSpan(0, (int)json.Length)) == id) return (brotli, json.ToArray());
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            // BrotliStream throws InvalidOperationException for bytes that are no brotli. Said below: it is not what it was.
        }
        throw new RpcException(RpcCode.DataLoss, $"the stored snapshot '{id}' is damaged: its content does not have the hash that is its id");
    }

    /// <summary>What there is, latest first.</summary>
    public async Task<IReadOnlyList<SnapshotHead>> ListAsync(string tenant, CancellationToken cancellation)
    {
        var all = new List<SnapshotHead>();
        foreach (var id in await heads.ListAsync(tenant, cancellation))
            if (SnapshotDocument.IsId(id) && await FindHeadAsync(tenant, id, cancellation) is { } head) all.Add(head);
        return [.. all.OrderByDescending(h => h.CreatedMillis).ThenBy(h => h.Id, StringComparer.Ordinal)];
    }

    /// <summary>Removes a snapshot; false where there was none.</summary>
    public async Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var isThere = await heads.FindAsync(tenant, id, cancellation) is not null || await documents.FindAsync(tenant, id, cancellation) is not null;
            await heads.DeleteAsync(tenant, id, cancellation);
            await documents.DeleteAsync(tenant, id, cancellation);
            return isThere;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<SnapshotHead?> FindHeadAsync(string tenant, string id, CancellationToken cancellation) =>
        await heads.FindAsync(tenant, id, cancellation) is { } json ? SnapshotHead.FromJson(json) : null;

    private static byte[] Compress(ReadOnlySpan<byte> json)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal)) brotli.Write(json);
        return bytes.ToArray();
    }
}
