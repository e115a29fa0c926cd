using System.Globalization;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Ingest.Legacy;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Querying;

/// <summary><c>GET /pyroscope/render</c>, <c>/pyroscope/render-diff</c> and <c>/pyroscope/label-values</c>.</summary>
internal sealed class RenderEndpoints(QueryEngine engine, QueryScopes scopes)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pyroscope/render", http => RunAsync(http, RenderAsync)).RequireAccess(Access.Read);
        routes.MapGet("/pyroscope/render-diff", http => RunAsync(http, RenderDiffAsync)).RequireAccess(Access.Read);
        routes.MapGet("/pyroscope/label-values", http => RunAsync(http, LabelValuesAsync)).RequireAccess(Access.Read);
    }

    /// <summary>Runs a plain HTTP handler and answers its failures in words.</summary>
    internal static async Task RunAsync(HttpContext http, Func<HttpContext, Task> handler)
    {
        try
        {
            await handler(http);
        }
        catch (RpcException e)
        {
            await HttpErrors.WriteAsync(http, e.Code.HttpStatus(), e.Message, e.Code);
        }
        catch (QueryTooLargeException e)
        {
            await HttpErrors.WriteAsync(http, RpcCode.ResourceExhausted.HttpStatus(), e.Message, RpcCode.ResourceExhausted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            await HttpErrors.WriteAsync(http, 499, "the request was cancelled by the client");
        }
    }

    private async Task RenderAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var parameters = http.Request.Query;
        var (type, selector) = RenderQuery.Parse(parameters["query"], "query");
        var window = Window(scope, parameters["from"], parameters["until"]);
        var maxNodes = scope.MaxNodes(MaxNodes(parameters));
        var query = scope.Query(window, selector).OfType(type);
        var tree = window.IsEmpty ? new FunctionTree() : await engine.MergeTreeAsync(query, StackFilter.None, http.RequestAborted);
        if (parameters["format"] == "dot")
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(TreeViews.Dot(tree, maxNodes, type), http.RequestAborted);
            return;
        }

        var timeline = TimelineAxis.Of(window.StartMillis, window.EndMillis);
        var groupBy = parameters["groupBy"].FirstOrDefault(g => !string.IsNullOrEmpty(g));
        IReadOnlyList<TimeSeries> series = window.IsEmpty ? [] : await engine.TimeSeriesAsync(
            query, StackFilter.None,
            new TimeSeriesOptions(
                timeline.StartSeconds * 1000, window.EndMillis, timeline.StepSeconds * 1000, groupBy is null ? [] : [groupBy],
                Average: parameters["aggregation"] == "avg", Limit: 0, WithExemplars: false),
            http.RequestAborted);
        var flameGraph = FlameGraph.Build(tree, maxNodes);
        await WriteJsonAsync(http, json => FlamebearerJson.Write(
            json, flameGraph, RenderMetadata.Of(type), Timeline(timeline, series.Count == 1 ? series[0] : null), Groups(timeline, series, groupBy)));
    }

    private async Task RenderDiffAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var parameters = http.Request.Query;
        var (leftType, leftSelector) = RenderQuery.Parse(parameters["leftQuery"], "leftQuery");
        var (rightType, rightSelector) = RenderQuery.Parse(parameters["rightQuery"], "rightQuery");
        if (leftType != rightType) throw new RpcException(RpcCode.InvalidArgument, $"profile types must match: left is {leftType}, right is {rightType}");
        var maxNodes = scope.MaxNodes(MaxNodes(parameters));
        var left = await SideAsync(scope, Window(scope, parameters["leftFrom"], parameters["leftUntil"]), leftSelector, leftType, http.RequestAborted);
        var right = await SideAsync(scope, Window(scope, parameters["rightFrom"], parameters["rightUntil"]), rightSelector, rightType, http.RequestAborted);
        var diff = FlameGraphDiff.Build(left, right, maxNodes);
        await WriteJsonAsync(http, json => FlamebearerJson.Write(json, diff, RenderMetadata.Of(leftType)));
    }

    private async Task LabelValuesAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var label = http.Request.Query["label"].ToString();
        if (label.Length == 0) throw new RpcException(RpcCode.InvalidArgument, "\"label\" is required");
        // Asked without a range by old user interfaces: everything that is there is the useful answer.
        var parameters = http.Request.Query;
        var hasRange = parameters.ContainsKey("from");
        var query = hasRange
            ? scope.Query(Window(scope, parameters["from"], parameters["until"]), Selector.All)
            : new SeriesQuery(scope.Tenants, long.MinValue, long.MaxValue, Selector.All);
        var values = await engine.LabelValuesAsync(query, label == LabelNames.Name ? LabelNames.ProfileType : label, http.RequestAborted);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(JsonSerializer.Serialize(values) + "\n", http.RequestAborted);
    }

    private async Task<FunctionTree> SideAsync(QueryScope scope, QueryWindow window, Selector selector, ProfileTypeId type, CancellationToken cancellation) =>
        window.IsEmpty ? new FunctionTree()
            : await engine.MergeTreeAsync(scope.Query(window, selector).OfType(type), StackFilter.None, cancellation);

    /// <summary>The range of two times in any spelling of <see cref="AtTime"/>.</summary>
    internal static QueryWindow Window(QueryScope scope, string? from, string? until) => scope.Window(
        AtTime.Parse(from, scope.Now).ToUnixTimeMilliseconds(), AtTime.Parse(until, scope.Now).ToUnixTimeMilliseconds());

    /// <summary>Two spellings; text that is no number is ignored, as clients of the peer rely on.</summary>
    private static long? MaxNodes(IQueryCollection parameters)
    {
        foreach (var name in new[] { "maxNodes", "max-nodes" })
            if (long.TryParse(parameters[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nodes)) return nodes;
        return null;
    }

    private static RenderTimeline Timeline(TimelineAxis axis, TimeSeries? series) =>
        new(axis.StartSeconds, axis.Fill(series?.Points.Select(p => (p.TimestampMillis, p.Value)) ?? []), axis.StepSeconds);

    private static Dictionary<string, RenderTimeline>? Groups(TimelineAxis axis, IReadOnlyList<TimeSeries> series, string? groupBy)
    {
        if (groupBy is null) return null;
        var groups = new Dictionary<string, RenderTimeline>(StringComparer.Ordinal);
        foreach (var one in series) groups[one.Labels.TryGet(groupBy, out var value) ? value : "*"] = Timeline(axis, one);
        return groups;
    }

    private static async Task WriteJsonAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter)) write(json);
        await http.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
    }
}
