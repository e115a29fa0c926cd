using Kagari.Profiles;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Objects;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Wire.AdHoc;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.AdHoc;

/// <summary><c>adhocprofiles.v1.AdHocProfileService</c>: files that people upload to look at, apart from the data of services.</summary>
internal sealed class AdHocProfileService(TenantDocuments documents, ServerOptions options, ILimitsProvider limits, TimeProvider time)
{
    private readonly AdHocFiles _files = new(documents, limits);

    private const string Prefix = "/adhocprofiles.v1.AdHocProfileService/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRpc<AdHocProfilesUploadRequest, AdHocProfilesGetResponse>(Prefix + "Upload", UploadAsync).RequireAccess(Access.Write);
        routes.MapRpc<AdHocProfilesGetRequest, AdHocProfilesGetResponse>(Prefix + "Get", GetAsync).RequireAccess(Access.Read);
        routes.MapRpc<AdHocProfilesListRequest, AdHocProfilesListResponse>(Prefix + "List", ListAsync).RequireAccess(Access.Read);
        routes.MapRpc<AdHocProfilesDiffRequest, AdHocProfilesDiffResponse>(Prefix + "Diff", DiffAsync).RequireAccess(Access.Read);
    }

    private async ValueTask<AdHocProfilesGetResponse> UploadAsync(RpcContext call, AdHocProfilesUploadRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call);
        var own = limits.For(tenant);
        byte[] data;
        try
        {
            data = Convert.FromBase64String(request.Profile);
        }
        catch (FormatException e)
        {
            throw new RpcException(RpcCode.InvalidArgument, $"profile is no base64: {e.Message}", e);
        }
        if (data.Length == 0) throw new RpcException(RpcCode.InvalidArgument, "profile is empty");
        if (own.MaxProfileSizeBytes > 0 && data.Length > own.MaxProfileSizeBytes)
            throw new RpcException(RpcCode.InvalidArgument, $"profile payload size exceeds limit of {ByteSize.Format(own.MaxProfileSizeBytes)} (max_profile_size_bytes, limit: {own.MaxProfileSizeBytes})");
        var file = new AdHocFile(request.Name, data, time.GetUtcNow());
        var id = AdHocId.New(request.Name, file.UploadedAt);
        // Read before it is stored: what cannot be shown is not kept.
        var answer = Answer(id, file, AdHocProfiles.Of(file.Name, data, own), null, request.HasMaxNodes ? request.MaxNodes : null, own);
        await documents.PutAsync(tenant, id, file.ToJson(), cancellation);
        return answer;
    }

    private async ValueTask<AdHocProfilesGetResponse> GetAsync(RpcContext call, AdHocProfilesGetRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call);
        var own = limits.For(tenant);
        var file = await _files.FindAsync(tenant, request.Id, cancellation);
        return Answer(
            request.Id, file, AdHocProfiles.Of(file.Name, file.Data, own), request.HasProfileType ? request.ProfileType : null, request.HasMaxNodes ? request.MaxNodes : null, own);
    }

    private async ValueTask<AdHocProfilesListResponse> ListAsync(RpcContext call, AdHocProfilesListRequest request, CancellationToken cancellation)
    {
        var answer = new AdHocProfilesListResponse();
        // Ids begin with their time, so the order of names, backwards, is newest first.
        foreach (var id in (await documents.ListAsync(TenantOf(call), cancellation)).Where(AdHocId.IsValid).Reverse())
            answer.Profiles.Add(new AdHocProfilesProfileMetadata { Id = id, Name = AdHocId.NameOf(id), UploadedAt = AdHocId.MillisOf(id) });
        return answer;
    }

    private async ValueTask<AdHocProfilesDiffResponse> DiffAsync(RpcContext call, AdHocProfilesDiffRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call);
        var own = limits.For(tenant);
        var left = await _files.FindAsync(tenant, request.LeftId, cancellation);
        var right = await _files.FindAsync(tenant, request.RightId, cancellation);
        var (ofLeft, ofRight) = (AdHocProfiles.Of(left.Name, left.Data, own), AdHocProfiles.Of(right.Name, right.Data, own));
        var common = ofLeft.Types.Intersect(ofRight.Types).ToList();
        if (common.Count == 0)
            throw new RpcException(RpcCode.InvalidArgument, $"the profiles have no type in common: {string.Join(", ", ofLeft.Types)} and {string.Join(", ", ofRight.Types)}");
        var type = request is { HasProfileType: true, ProfileType.Length: > 0 } ? request.ProfileType : ofLeft.Types[0];
        if (!request.HasProfileType && ofLeft.Types[0] != ofRight.Types[0])
            throw new RpcException(RpcCode.InvalidArgument, $"the profiles have different default types, {ofLeft.Types[0]} and {ofRight.Types[0]}; name one of {string.Join(", ", common)}");
        var (leftTree, metadata) = ofLeft.TreeOf(type);
        var diff = FlameGraphDiff.Build(leftTree, ofRight.TreeOf(type).Tree, QueryArguments.MaxNodes(request.HasMaxNodes ? request.MaxNodes : null, [own]));
        var answer = new AdHocProfilesDiffResponse { FlamebearerProfile = AdHocProfiles.Json(json => FlamebearerJson.Write(json, diff, metadata)) };
        answer.ProfileTypes.AddRange(common);
        return answer;
    }

    private static AdHocProfilesGetResponse Answer(string id, AdHocFile file, AdHocProfiles profiles, string? type, long? maxNodes, TenantLimits own)
    {
        var shown = string.IsNullOrEmpty(type) ? profiles.Types[0] : type;
        var (tree, metadata) = profiles.TreeOf(shown);
        var graph = FlameGraph.Build(tree, QueryArguments.MaxNodes(maxNodes, [own]));
        var answer = new AdHocProfilesGetResponse
        {
            Id = id,
            Name = file.Name,
            UploadedAt = file.UploadedAt.ToUnixTimeMilliseconds(),
            ProfileType = shown,
            FlamebearerProfile = AdHocProfiles.Json(json => FlamebearerJson.Write(json, graph, metadata)),
        };
        answer.ProfileTypes.AddRange(profiles.Types);
        return answer;
    }

    private string TenantOf(RpcContext call) => TenantId.ForWrite(call.HttpContext, options.MultitenancyEnabled);
}
