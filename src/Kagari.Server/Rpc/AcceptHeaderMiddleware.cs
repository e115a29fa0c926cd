using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Rpc;

/// <summary>Refuses requests whose <c>Accept</c> is no list of media types, and reads the client's capabilities from it.</summary>
internal sealed class AcceptHeaderMiddleware(RequestDelegate next)
{
    /// <summary>Runs the middleware.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        foreach (var header in http.Request.Headers.Accept)
        {
            if (AcceptHeader.TryParse(header, out _, out var error)) continue;
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            http.Response.ContentType = "text/plain; charset=utf-8";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            await http.Response.WriteAsync($"Invalid header format: {error}\n", http.RequestAborted);
            return;
        }
        await next(http);
    }

    /// <summary>The client understands label names beyond <c>[a-zA-Z_][a-zA-Z0-9_]*</c>.</summary>
    /// <remarks>It says so with <c>Accept: */*; allow-utf8-labelnames=true</c>. Works without the middleware too.</remarks>
    public static bool AllowsUtf8LabelNames(HttpContext http)
    {
        foreach (var header in http.Request.Headers.Accept)
            if (AcceptHeader.TryParse(header, out var allowsUtf8LabelNames, out _) && allowsUtf8LabelNames) return true;
        return false;
    }
}
