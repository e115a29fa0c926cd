using Google.Protobuf;
using Kagari.Storage;
using Kagari.Wire.Debuginfo;
using Kagari.Wire.Json;

namespace Kagari.Server.Debuginfo;

/// <summary>Debug information of tenants, and what was fetched for all of them.</summary>
/// <remarks>
/// <code>
/// debug-info/TENANT/BUILDID/exe        the ELF file
/// debug-info/TENANT/BUILDID/metadata   who offered it, and whether it is whole (JSON of ObjectMetadata)
/// debug-info-fetched/BUILDID           from a debuginfod server
/// </code>
/// Tenants and build ids are checked before they come here.
/// </remarks>
internal sealed class DebugFiles(IObjectStore store)
{
    private const string Root = "debug-info/", Fetched = "debug-info-fetched/";

    public async ValueTask<ObjectMetadata?> FindAsync(string tenant, string buildId, CancellationToken cancellation)
    {
        if (await store.FindAsync(MetadataKey(tenant, buildId), cancellation) is not { } json) return null;
        return ProtoJson.TryRead<ObjectMetadata>(json, out var metadata, out _) ? metadata : null;
    }

    public ValueTask PutAsync(string tenant, string buildId, ObjectMetadata metadata, CancellationToken cancellation) =>
        store.PutAsync(MetadataKey(tenant, buildId), System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(metadata)), cancellation);

    /// <summary>Starts the file; it is there when the upload is complete.</summary>
    public ValueTask<IObjectUpload> BeginAsync(string tenant, string buildId, CancellationToken cancellation) =>
        store.BeginUploadAsync(FileKey(tenant, buildId), cancellation);

    /// <summary>The same for one that every tenant may read.</summary>
    public ValueTask<IObjectUpload> BeginFetchedAsync(string buildId, CancellationToken cancellation) => store.BeginUploadAsync(Fetched + buildId, cancellation);

    /// <summary>Size of the file; null where there is none.</summary>
    public async ValueTask<long?> LengthAsync(string tenant, string buildId, CancellationToken cancellation)
    {
        foreach (var found in await store.ListAsync(FileKey(tenant, buildId), cancellation)) return found.Length;
        return null;
    }

    /// <summary>The build ids of a tenant, in order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string tenant, CancellationToken cancellation)
    {
        var prefix = $"{Root}{tenant}/";
        return [.. (await store.ListAsync(prefix, cancellation)).Where(o => o.Key.EndsWith("/metadata", StringComparison.Ordinal)).Select(o => o.Key[prefix.Length..^"/metadata".Length])];
    }

    /// <summary>Bytes of all files of a tenant, whole or not.</summary>
    public async Task<long> BytesAsync(string tenant, CancellationToken cancellation) =>
        (await store.ListAsync($"{Root}{tenant}/", cancellation)).Sum(o => o.Length);

    /// <summary>Tenants that have files.</summary>
    public async Task<IReadOnlySet<string>> TenantsAsync(CancellationToken cancellation) =>
        (await store.ListAsync(Root, cancellation)).Select(o => o.Key.Split('/')[1]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Removes file and metadata; what is missing is no error.</summary>
    public async ValueTask DeleteAsync(string tenant, string buildId, CancellationToken cancellation)
    {
        await store.DeleteAsync(MetadataKey(tenant, buildId), cancellation);
        await store.DeleteAsync(FileKey(tenant, buildId), cancellation);
    }

    /// <summary>The bytes of the tenant's file, or of the one that was fetched; null where there is none.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> OpenAsync(string? tenant, string buildId, CancellationToken cancellation)
    {
        var key = tenant is null ? Fetched + buildId : FileKey(tenant, buildId);
        if (store.FileOf(key) is { } file)
        {
            try
            {
                return MappedFile.Open(file);
            }
            catch (IOException)
            {
                return null;   // deleted since, or too large to be mapped: addresses stay addresses
            }
        }
        // A null array would become an empty memory, which is not null.
        return await store.FindAsync(key, cancellation) is { } bytes ? new ReadOnlyMemory<byte>(bytes) : default(ReadOnlyMemory<byte>?);
    }

    private static string FileKey(string tenant, string buildId) => $"{Root}{tenant}/{buildId}/exe";

    private static string MetadataKey(string tenant, string buildId) => $"{Root}{tenant}/{buildId}/metadata";
}
