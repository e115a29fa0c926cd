using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Metrics;

/// <summary>Measures every request by method, route and status.</summary>
internal sealed class RequestMetricsMiddleware(RequestDelegate next, RequestDurations durations, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            // The pattern, not the path: a path is whatever a client sends.
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Trim('/').Replace('/', '_').Replace('.', '_') ?? "other";
            durations.Observe(Method(http.Request.Method), route, http.Response.StatusCode, time.GetElapsedTime(started));
        }
    }

    private static string Method(string method) => method is "GET" or "POST" or "PUT" or "DELETE" or "PATCH" or "HEAD" or "OPTIONS" ? method : "other";
}
