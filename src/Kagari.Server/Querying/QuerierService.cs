using Kagari.Query;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Functions;
using Kagari.Server.Rpc;
using Kagari.Wire.Google;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Querying;

/// <summary><c>querier.v1.QuerierService</c>: what Grafana, Drilldown and command lines ask.</summary>
internal sealed partial class QuerierService(QueryEngine engine, QueryScopes scopes)
{
    private readonly FunctionProjections _projections = new(engine);

    public const string Prefix = "/querier.v1.QuerierService/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRpc<ProfileTypesRequest, ProfileTypesResponse>(Prefix + "ProfileTypes", ProfileTypesAsync).RequireAccess(Access.Read);
        routes.MapRpc<LabelNamesRequest, LabelNamesResponse>(Prefix + "LabelNames", LabelNamesAsync).RequireAccess(Access.Read);
        routes.MapRpc<LabelValuesRequest, LabelValuesResponse>(Prefix + "LabelValues", LabelValuesAsync).RequireAccess(Access.Read);
        routes.MapRpc<SeriesRequest, SeriesResponse>(Prefix + "Series", SeriesAsync).RequireAccess(Access.Read);
        routes.MapRpcBytes<object>(Prefix + "SelectMergeStacktraces", SelectMergeStacktracesAsync).RequireAccess(Access.Read);
        routes.MapRpc<SelectMergeSpanProfileRequest, SelectMergeSpanProfileResponse>(Prefix + "SelectMergeSpanProfile", SelectMergeSpanProfileAsync).RequireAccess(Access.Read);
        routes.MapRpc<SelectMergeProfileRequest, Profile>(Prefix + "SelectMergeProfile", SelectMergeProfileAsync).RequireAccess(Access.Read);
        routes.MapRpc<SelectSeriesRequest, SelectSeriesResponse>(Prefix + "SelectSeries", SelectSeriesAsync).RequireAccess(Access.Read);
        routes.MapRpc<SelectHeatmapRequest, SelectHeatmapResponse>(Prefix + "SelectHeatmap", SelectHeatmapAsync).RequireAccess(Access.Read);
        routes.MapRpcBytes<object>(Prefix + "Diff", DiffAsync).RequireAccess(Access.Read);
        routes.MapRpc<GetProfileStatsRequest, GetProfileStatsResponse>(Prefix + "GetProfileStats", GetProfileStats).RequireAccess(Access.Read);
        routes.MapRpc<AnalyzeQueryRequest, AnalyzeQueryResponse>(Prefix + "AnalyzeQuery", AnalyzeQueryAsync).RequireAccess(Access.Read);
    }

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
