using Kagari.Query;
using Kagari.Server.Rpc;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Server.Querying;

// Over time: series and heatmaps.
internal sealed partial class QuerierService
{
    private async ValueTask<SelectSeriesResponse> SelectSeriesAsync(RpcContext call, SelectSeriesRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        var type = QueryArguments.ProfileType(request.ProfileTypeID);
        var selector = QueryArguments.Selector(request.LabelSelector);
        var window = scope.Window(request.Start, request.End);
        var step = QueryArguments.StepMillis(request.Step);
        CheckSteps(window, step);
        if (request.ExemplarType == ExemplarType.Span) throw new RpcException(RpcCode.Unimplemented, "span exemplars are answered by SelectHeatmap");
        var filter = QueryArguments.Filter(request.StackTraceSelector, [], [], []);
        var response = new SelectSeriesResponse();
        if (window.IsEmpty) return response;
        var options = new TimeSeriesOptions(
            window.StartMillis, window.EndMillis, step, request.GroupBy,
            Average: request.Aggregation == TimeSeriesAggregationType.Average,
            Limit: (int)Math.Clamp(request.Limit, 0, int.MaxValue),
            WithExemplars: request.ExemplarType == ExemplarType.Individual);
        var series = await engine.TimeSeriesAsync(scope.Query(window, selector).OfType(type), filter, options, cancellation);
        response.Series.AddRange(series.Select(Messages.Series));
        return response;
    }

    private async ValueTask<SelectHeatmapResponse> SelectHeatmapAsync(RpcContext call, SelectHeatmapRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        var type = QueryArguments.ProfileType(request.ProfileTypeID);
        var selector = QueryArguments.Selector(request.LabelSelector);
        var window = scope.Window(request.Start, request.End);
        if (request.Start >= request.End) throw Invalid("query start time must be before end time");
        var step = QueryArguments.StepMillis(request.Step);
        CheckSteps(window, step);
        if (request.Limit < 0) throw Invalid($"limit must be >= 0 (got {request.Limit})");
        var ofSpans = request.QueryType switch
        {
            HeatmapQueryType.Individual => false,
            HeatmapQueryType.Span => true,
            _ => throw Invalid("query_type is required: HEATMAP_QUERY_TYPE_INDIVIDUAL or HEATMAP_QUERY_TYPE_SPAN"),
        };
        var exemplars = request.ExemplarType is ExemplarType.Individual or ExemplarType.Span;
        if (exemplars && request.ExemplarType == ExemplarType.Span != ofSpans)
            throw Invalid($"exemplar_type {request.ExemplarType} does not match query_type {request.QueryType}");
        var response = new SelectHeatmapResponse();
        if (window.IsEmpty) return response;
        var options = new HeatmapOptions(
            window.StartMillis, window.EndMillis, step, request.GroupBy, ofSpans, exemplars, (int)Math.Min(request.Limit, int.MaxValue));
        var series = await engine.HeatmapAsync(scope.Query(window, selector).OfType(type), StackFilter.None, options, cancellation);
        response.Series.AddRange(series.Select(Messages.Heatmap));
        return response;
    }

    /// <summary>Points exist only where there is data, so a small step costs nothing by itself; times must still be in range.</summary>
    private static void CheckSteps(QueryWindow window, long stepMillis)
    {
        const long MillisMax = long.MaxValue / 4_000_000;
        if (Math.Abs((double)window.StartMillis) > MillisMax || Math.Abs((double)window.EndMillis) > MillisMax)
            throw Invalid($"start and end must lie within {MillisMax} milliseconds of 1970 (got {window.StartMillis} and {window.EndMillis}, step {stepMillis} ms)");
    }
}
