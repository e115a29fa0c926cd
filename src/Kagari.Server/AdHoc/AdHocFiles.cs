using System.Globalization;
using System.Text.Json;
using Kagari.Query;
using Kagari.Server.Limits;
using Kagari.Server.Objects;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;

namespace Kagari.Server.AdHoc;

/// <summary>Finds uploaded files and reads them.</summary>
internal sealed class AdHocFiles(TenantDocuments documents, ILimitsProvider limits)
{
    /// <exception cref="RpcException">The id is none, or there is no such file.</exception>
    public async Task<AdHocFile> FindAsync(string tenant, string id, CancellationToken cancellation) =>
        await TryFindAsync(tenant, id, cancellation) ?? throw Missing(id);

    /// <summary>A file as what a question is about: of several tenants the first that has it.</summary>
    /// <param name="scope">Who asks.</param>
    /// <param name="id">The file.</param>
    /// <param name="type">Which of its types; null: the first.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">There is no such file or type.</exception>
    public async Task<Selection> SelectAsync(QueryScope scope, string id, string? type, CancellationToken cancellation)
    {
        foreach (var tenant in scope.Tenants)
        {
            if (await TryFindAsync(tenant, id, cancellation) is not { } file) continue;
            var profiles = AdHocProfiles.Of(file.Name, file.Data, limits.For(tenant));
            var shown = type ?? profiles.Types[0];
            return Selection.Of(profiles.Select(shown) with { Source = id, TypeName = shown, TypeNames = profiles.Types }) with { Run = scope.Run };
        }
        throw Missing(id);
    }

    private async Task<AdHocFile?> TryFindAsync(string tenant, string id, CancellationToken cancellation)
    {
        if (!AdHocId.IsValid(id)) throw new RpcException(RpcCode.InvalidArgument, $"'{(id.Length > 80 ? id[..80] : id)}' is no id of an uploaded profile");
        if (await documents.FindAsync(tenant, id, cancellation) is not { } json) return null;
        try
        {
            return AdHocFile.FromJson(json);
        }
        catch (JsonException e)
        {
            throw new RpcException(RpcCode.Internal, string.Create(CultureInfo.InvariantCulture, $"the stored profile '{id}' is damaged: {e.Message}"), e);
        }
    }

    private static RpcException Missing(string id) => new(RpcCode.NotFound, $"profile '{id}' is not there");
}
