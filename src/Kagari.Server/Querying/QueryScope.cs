using Kagari.Query;
using Kagari.Server.Admin;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Querying;

/// <summary>Who asks: the tenants of a request with their limits, and the clock.</summary>
internal sealed record QueryScope(IReadOnlyList<string> Tenants, IReadOnlyList<TenantLimits> Limits, DateTimeOffset Now, QueryRun Run)
{
    /// <summary>The range, checked.</summary>
    public QueryWindow Window(long startMillis, long endMillis) => QueryWindow.Of(startMillis, endMillis, Limits, Now);

    /// <summary>The rows of a range that pass a selector.</summary>
    public SeriesQuery Query(QueryWindow window, Selector selector) =>
        SeriesQuery.OfMillis(Tenants, window.StartMillis, window.EndMillis, selector) with { Run = Run };

    /// <summary>Nodes to draw.</summary>
    public int MaxNodes(long? asked) => QueryArguments.MaxNodes(asked, Limits);

    /// <summary>Nodes to draw where the limit may cut the wish.</summary>
    public int WishedNodes(int wish) => QueryArguments.WishedNodes(wish, Limits);
}

/// <summary>Makes scopes of requests.</summary>
/// <param name="options">Settings.</param>
/// <param name="limits">Limits of tenants.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Keeps the last questions.</param>
internal sealed class QueryScopes(ServerOptions options, ILimitsProvider limits, TimeProvider time, QueryLog log)
{
    public QueryScope Of(HttpContext http)
    {
        var tenants = TenantId.ForRead(http, options.MultitenancyEnabled);
        var own = tenants.Select(limits.For).ToArray();
        var run = new QueryRun
        {
            MemoryBytesMax = own.Min(l => l.MaxQueryMemoryBytes),
            IgnoresKept = http.Request.Headers.CacheControl.ToString().Contains("no-cache", StringComparison.OrdinalIgnoreCase),
        };
        log.Follow(http, tenants, run);
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[QueryStatistics.Header] = QueryStatistics.Of(run);
            return Task.CompletedTask;
        });
        return new QueryScope(tenants, own, time.GetUtcNow(), run);
    }
}
