using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Objects;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Wire.Json;
using Kagari.Wire.Settings;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Settings;

/// <summary><c>settings.v1.SettingsService</c>: what user interfaces remember of a tenant, as opaque texts.</summary>
internal sealed class SettingsService(TenantDocuments documents, ServerOptions options, TimeProvider time) : IDisposable
{
    private const string Prefix = "/settings.v1.SettingsService/", Document = "settings.json";

    /// <summary>The peer has no limits; these keep one tenant from filling a disk with what is no profile.</summary>
    private const int SettingsMax = 1000, ValueBytesMax = 64 << 10, AllBytesMax = 1 << 20;

    // A change reads all settings and writes them back.
    private readonly SemaphoreSlim _gate = new(1, 1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRpc<GetSettingsRequest, GetSettingsResponse>(Prefix + "Get", GetAsync).RequireAccess(Access.Read);
        routes.MapRpc<SetSettingsRequest, SetSettingsResponse>(Prefix + "Set", SetAsync).RequireAccess(Access.Read);
        routes.MapRpc<DeleteSettingsRequest, DeleteSettingsResponse>(Prefix + "Delete", DeleteAsync).RequireAccess(Access.Read);
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask<GetSettingsResponse> GetAsync(RpcContext call, GetSettingsRequest request, CancellationToken cancellation) =>
        await ReadAsync(TenantOf(call), cancellation);

    private async ValueTask<SetSettingsResponse> SetAsync(RpcContext call, SetSettingsRequest request, CancellationToken cancellation)
    {
        var setting = request.Setting ?? throw Invalid("no setting values provided");
        if (setting.Name.Length == 0) throw Invalid("no setting name provided");
        if (setting.Name.Length + setting.Value.Length > ValueBytesMax) throw Invalid($"setting '{setting.Name[..Math.Min(setting.Name.Length, 40)]}' has {setting.Name.Length + setting.Value.Length} characters; the limit is {ValueBytesMax}");
        if (setting.ModifiedAt <= 0) setting.ModifiedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        await ChangeAsync(TenantOf(call), settings =>
        {
            if (settings.TryGetValue(setting.Name, out var known) && known.ModifiedAt > setting.ModifiedAt)
                throw new RpcException(RpcCode.AlreadyExists, $"failed to update {setting.Name}: newer update already written");
            if (known is null && settings.Count >= SettingsMax) throw new RpcException(RpcCode.ResourceExhausted, $"the tenant has {settings.Count} settings; the limit is {SettingsMax}");
            settings[setting.Name] = setting;
            var characters = settings.Sum(s => s.Key.Length + s.Value.Value.Length);
            if (characters > AllBytesMax) throw new RpcException(RpcCode.ResourceExhausted, $"the tenant's settings would have {characters} characters; the limit is {AllBytesMax}");
            return true;
        }, cancellation);
        return new SetSettingsResponse { Setting = setting };
    }

    private async ValueTask<DeleteSettingsResponse> DeleteAsync(RpcContext call, DeleteSettingsRequest request, CancellationToken cancellation)
    {
        if (request.Name.Length == 0) throw Invalid("no setting name provided");
        await ChangeAsync(TenantOf(call), settings => settings.Remove(request.Name), cancellation);
        return new DeleteSettingsResponse();
    }

    private async Task ChangeAsync(string tenant, Func<SortedDictionary<string, Setting>, bool> change, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var settings = new SortedDictionary<string, Setting>(StringComparer.Ordinal);
            foreach (var setting in (await ReadAsync(tenant, cancellation)).Settings) settings[setting.Name] = setting;
            if (!change(settings)) return;
            var all = new GetSettingsResponse();
            all.Settings.AddRange(settings.Values);
            await documents.PutAsync(tenant, Document, System.Text.Encoding.UTF8.GetBytes(Google.Protobuf.JsonFormatter.Default.Format(all)), cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<GetSettingsResponse> ReadAsync(string tenant, CancellationToken cancellation)
    {
        if (await documents.FindAsync(tenant, Document, cancellation) is not { } bytes) return new GetSettingsResponse();
        return ProtoJson.TryRead<GetSettingsResponse>(bytes, out var settings, out var error) ? settings
            : throw new RpcException(RpcCode.Internal, $"the stored settings of tenant '{tenant}' cannot be read: {error}");
    }

    private string TenantOf(RpcContext call) => TenantId.ForWrite(call.HttpContext, options.MultitenancyEnabled);

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
