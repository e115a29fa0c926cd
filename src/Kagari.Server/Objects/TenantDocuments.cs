using Kagari.Storage;

namespace Kagari.Server.Objects;

/// <summary>Small documents of tenants beside their profiles: settings, uploaded files. Whole in memory when read.</summary>
/// <remarks>
/// <code>tenants/TENANT/KIND/NAME</code>
/// Tenant ids and names are checked before they come here, so that a key never leaves the folder of its tenant.
/// </remarks>
internal sealed class TenantDocuments(IObjectStore store, string kind)
{
    /// <summary>The document; null where there is none.</summary>
    public ValueTask<byte[]?> FindAsync(string tenant, string name, CancellationToken cancellation) => store.FindAsync(Key(tenant, name), cancellation);

    /// <summary>Stores a document, durably, in place of an older one.</summary>
    public ValueTask PutAsync(string tenant, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        store.PutAsync(Key(tenant, name), content, cancellation);

    /// <summary>Names of all documents, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string tenant, CancellationToken cancellation)
    {
        var prefix = Key(tenant, "");
        return [.. (await store.ListAsync(prefix, cancellation)).Select(o => o.Key[prefix.Length..])];
    }

    private string Key(string tenant, string name) => $"tenants/{tenant}/{kind}/{name}";
}
