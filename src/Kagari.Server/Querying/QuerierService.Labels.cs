using System.Text.RegularExpressions;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Rpc;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Server.Querying;

// What there is: profile types, label names and values, series.
internal sealed partial class QuerierService
{
    /// <summary>Without a range, profile types are those of the last hour.</summary>
    private static readonly TimeSpan DefaultTypesRange = TimeSpan.FromHours(1);

    private async ValueTask<ProfileTypesResponse> ProfileTypesAsync(RpcContext call, ProfileTypesRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        var (start, end) = (request.Start, request.End);
        if (start == 0 && end == 0)
        {
            end = scope.Now.ToUnixTimeMilliseconds();
            start = end - (long)DefaultTypesRange.TotalMilliseconds;
        }
        var window = scope.Window(start, end);
        var response = new ProfileTypesResponse();
        if (window.IsEmpty) return response;
        foreach (var text in await engine.LabelValuesAsync(scope.Query(window, Selector.All), LabelNames.ProfileType, cancellation))
        {
            if (!ProfileTypeId.TryParse(text, out var id, out _)) continue;
            response.ProfileTypes.Add(new ProfileType
            {
                ID = text,
                Name = id.Name,
                SampleType = id.SampleType,
                SampleUnit = id.SampleUnit,
                PeriodType = id.PeriodType,
                PeriodUnit = id.PeriodUnit,
            });
        }
        return response;
    }

    private async ValueTask<LabelNamesResponse> LabelNamesAsync(RpcContext call, LabelNamesRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        var selector = QueryArguments.Selectors(request.Matchers);
        var window = scope.Window(request.Start, request.End);
        var response = new LabelNamesResponse();
        if (window.IsEmpty) return response;
        var names = await engine.LabelNamesAsync(scope.Query(window, selector), cancellation);
        var all = AcceptHeaderMiddleware.AllowsUtf8LabelNames(call.HttpContext);
        response.Names.AddRange(names.Where(n => all || IsLegacyName(n)));
        return response;
    }

    private async ValueTask<LabelValuesResponse> LabelValuesAsync(RpcContext call, LabelValuesRequest request, CancellationToken cancellation)
    {
        if (request.Name.Length == 0) throw Invalid("name is required: the label whose values are asked for");
        var scope = scopes.Of(call.HttpContext);
        var selector = QueryArguments.Selectors(request.Matchers);
        var window = scope.Window(request.Start, request.End);
        var response = new LabelValuesResponse();
        if (!window.IsEmpty) response.Names.AddRange(await engine.LabelValuesAsync(scope.Query(window, selector), request.Name, cancellation));
        return response;
    }

    private async ValueTask<SeriesResponse> SeriesAsync(RpcContext call, SeriesRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        var selector = QueryArguments.Selectors(request.Matchers);
        var window = scope.Window(request.Start, request.End);
        var response = new SeriesResponse();
        if (window.IsEmpty) return response;
        var series = await engine.SeriesAsync(scope.Query(window, selector), cancellation);
        var all = AcceptHeaderMiddleware.AllowsUtf8LabelNames(call.HttpContext);
        var asked = request.LabelNames.ToHashSet(StringComparer.Ordinal);
        var sets = series
            .Select(s => LabelSet.Of(s.Where(l => (asked.Count == 0 || asked.Contains(l.Name)) && (all || IsLegacyName(l.Name)))))
            .Distinct().Order(LabelSetComparer.Instance);
        foreach (var set in sets) response.LabelsSet.Add(Messages.Labels(set));
        return response;
    }

    private ValueTask<GetProfileStatsResponse> GetProfileStats(RpcContext call, GetProfileStatsRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        if (scope.Tenants.Count != 1) throw Invalid($"GetProfileStats takes one tenant; the header names {scope.Tenants.Count}");
        var response = new GetProfileStatsResponse();
        if (engine.TimeRange(scope.Tenants[0]) is { } range)
        {
            response.DataIngested = true;
            response.OldestProfileTime = range.TimeNanosMin / 1_000_000;
            response.NewestProfileTime = range.TimeNanosMax / 1_000_000;
        }
        return ValueTask.FromResult(response);
    }

    /// <summary>What a query reads, told before it is asked. The peer answers with an empty message.</summary>
    private async ValueTask<AnalyzeQueryResponse> AnalyzeQueryAsync(RpcContext call, AnalyzeQueryRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        var window = scope.Window(request.Start, request.End);
        SeriesQuery query;
        if (request.Query.Length == 0) query = scope.Query(window, Selector.All);
        else if (request.Query.StartsWith('{')) query = scope.Query(window, QueryArguments.Selector(request.Query));
        else
        {
            var (type, selector) = RenderQuery.Parse(request.Query, "query");
            query = scope.Query(window, selector).OfType(type);
        }
        var analysis = await engine.AnalyzeAsync(query, cancellation);
        var series = (ulong)(await engine.SeriesAsync(query, cancellation)).Count;
        return new AnalyzeQueryResponse
        {
            QueryScopes =
            {
                new Wire.Querier.QueryScope { ComponentType = "log", ComponentCount = 1, BlockCount = (ulong)analysis.Chains },
                new Wire.Querier.QueryScope
                {
                    ComponentType = "blocks",
                    ComponentCount = 1,
                    BlockCount = (ulong)analysis.Blocks,
                    SeriesCount = series,
                    ProfileCount = (ulong)analysis.Rows,
                    SampleCount = (ulong)analysis.Cells,
                    IndexBytes = (ulong)analysis.IndexBytes,
                    ProfileBytes = (ulong)analysis.SampleBytes,
                    SymbolBytes = (ulong)analysis.SymbolBytes,
                },
            },
            QueryImpact = new QueryImpact
            {
                TotalBytesInTimeRange = (ulong)(analysis.IndexBytes + analysis.SampleBytes + analysis.SymbolBytes),
                TotalQueriedSeries = series,
                DeduplicationNeeded = analysis.MayRepeat,
            },
        };
    }

    /// <summary>Names that clients without the capability for others understand.</summary>
    private static bool IsLegacyName(string name) => LegacyName().IsMatch(name);

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LegacyName();
}
