using Kagari.Server.Objects;

namespace Kagari.Server.Profefe;

/// <summary>Posted profiles as they came, by id. What queries read is elsewhere: these are only given back.</summary>
internal sealed class ProfefeOriginals(TenantDocuments documents)
{
    public ValueTask PutAsync(string tenant, ProfefeId id, ReadOnlyMemory<byte> profile, CancellationToken cancellation) =>
        documents.PutAsync(tenant, id.ToString(), profile, cancellation);

    /// <summary>The bytes; null where they were never there or are expired.</summary>
    public ValueTask<byte[]?> FindAsync(string tenant, ProfefeId id, CancellationToken cancellation) => documents.FindAsync(tenant, id.ToString(), cancellation);

    /// <summary>Removes those that are older than their tenant keeps them.</summary>
    public async Task ExpireAsync(Func<string, DateTimeOffset?> keptFrom, CancellationToken cancellation)
    {
        foreach (var (tenant, name) in await documents.ListAllAsync(cancellation))
            if (ProfefeId.TryParse(name, out var id) && keptFrom(tenant) is { } from && id.Seconds < from.ToUnixTimeSeconds())
                await documents.DeleteAsync(tenant, name, cancellation);
    }
}
