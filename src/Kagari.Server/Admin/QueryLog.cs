using Kagari.Query;
using Kagari.Server.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Admin;

/// <summary>The last questions, with what they cost.</summary>
internal sealed class QueryLog(TimeProvider time)
{
    public const int CountMax = 200;

    private readonly Recent<LoggedQuery> _recent = new(CountMax);

    /// <summary>The last first.</summary>
    public IReadOnlyList<LoggedQuery> List() => _recent.List();

    /// <summary>Keeps a question once its answer is sent.</summary>
    public void Follow(HttpContext http, IReadOnlyList<string> tenants, QueryRun run)
    {
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        http.Response.OnCompleted(() =>
        {
            _recent.Add(new LoggedQuery(
                at, tenants, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", http.Features.Get<Identity>()?.Name,
                run.Asked?.Selector.ToString(), run.Asked?.TimeNanosMin, run.Asked?.TimeNanosMax, time.GetElapsedTime(started), run, http.Response.StatusCode));
            return Task.CompletedTask;
        });
    }
}

/// <summary>A question.</summary>
/// <param name="At">When it came.</param>
/// <param name="Tenants">Whose data.</param>
/// <param name="Route">The pattern of its route.</param>
/// <param name="Caller">Who asked, where that is known.</param>
/// <param name="Selector">The first selector it had; null where it failed before.</param>
/// <param name="TimeNanosMin">First nanosecond that was asked about.</param>
/// <param name="TimeNanosMax">Last nanosecond that was asked about.</param>
/// <param name="Elapsed">Until the answer was sent.</param>
/// <param name="Run">What it read.</param>
/// <param name="Status">Status of the answer.</param>
internal sealed record LoggedQuery(
    DateTimeOffset At, IReadOnlyList<string> Tenants, string Route, string? Caller, string? Selector, long? TimeNanosMin, long? TimeNanosMax,
    TimeSpan Elapsed, QueryRun Run, int Status);
