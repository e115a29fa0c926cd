using Kagari.Query;
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
        routes.MapRpc<ProfileTypesRequest, ProfileTypesResponse>(Prefix + "ProfileTypes", ProfileTypesAsync);
        routes.MapRpc<LabelNamesRequest, LabelNamesResponse>(Prefix + "LabelNames", LabelNamesAsync);
        routes.MapRpc<LabelValuesRequest, LabelValuesResponse>(Prefix + "LabelValues", LabelValuesAsync);
        routes.MapRpc<SeriesRequest, SeriesResponse>(Prefix + "Series", SeriesAsync);
        routes.MapRpcBytes<object>(Prefix + "SelectMergeStacktraces", SelectMergeStacktracesAsync);
        routes.MapRpc<SelectMergeSpanProfileRequest, SelectMergeSpanProfileResponse>(Prefix + "SelectMergeSpanProfile", SelectMergeSpanProfileAsync);
        routes.MapRpc<SelectMergeProfileRequest, Profile>(Prefix + "SelectMergeProfile", SelectMergeProfileAsync);
        routes.MapRpc<SelectSeriesRequest, SelectSeriesResponse>(Prefix + "SelectSeries", SelectSeriesAsync);
        routes.MapRpc<SelectHeatmapRequest, SelectHeatmapResponse>(Prefix + "SelectHeatmap", SelectHeatmapAsync);
        routes.MapRpcBytes<object>(Prefix + "Diff", DiffAsync);
        routes.MapRpc<GetProfileStatsRequest, GetProfileStatsResponse>(Prefix + "GetProfileStats", GetProfileStats);
        routes.MapRpc<AnalyzeQueryRequest, AnalyzeQueryResponse>(Prefix + "AnalyzeQuery", AnalyzeQueryAsync);
    }

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
