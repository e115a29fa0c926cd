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
    public Task<IReadOnlyList<string>> ListAsync(string tenant, CancellationToken cancellation) => ListAsync(tenant, "", cancellation);

    /// <summary>The rest of the names of all documents that start so, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string tenant, string start, CancellationToken cancellation)
    {
        var prefix = Key(tenant, start);
        return [.. (await store.ListAsync(prefix, cancellation)).Select(o => o.Key[prefix.Length..])];
    }

    /// <summary>Removes a document; a missing one is no error.</summary>
    public ValueTask DeleteAsync(string tenant, string name, CancellationToken cancellation) => store.DeleteAsync(Key(tenant, name), cancellation);

    /// <summary>All documents of this kind, of every tenant.</summary>
    public async Task<IReadOnlyList<(string Tenant, string Name)>> ListAllAsync(CancellationToken cancellation)
    {
        var all = new List<(string Tenant, string Name)>();
        foreach (var found in await store.ListAsync(Root, cancellation))
        {
            var tenant = found.Key[Root.Length..].Split('/')[0];
            var prefix = Key(tenant, "");
            if (found.Key.StartsWith(prefix, StringComparison.Ordinal)) all.Add((tenant, found.Key[prefix.Length..]));
        }
        return all;
    }

    private const string Root = "tenants/";

    private string Key(string tenant, string name) => $"{Root}{tenant}/{kind}/{name}";
}
