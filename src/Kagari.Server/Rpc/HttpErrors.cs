using System.Text;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Rpc;

/// <summary>Errors of plain HTTP handlers (<c>/ingest</c>, <c>/pyroscope/*</c>): Connect's JSON shape and a line feed.</summary>
internal static class HttpErrors
{
    /// <summary>Writes status and body; once the response has started the connection is cut instead.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">Found, expected, where, and the setting that changes it.</param>
    /// <param name="code">Derived from the status if null.</param>
    public static async Task WriteAsync(HttpContext http, int status, string message, RpcCode? code = null)
    {
        var response = http.Response;
        if (response.HasStarted)
        {
            http.Abort();
            return;
        }
        using var body = new PooledBuffer();
        RpcResponseWriter.WriteErrorJson(body, code ?? RpcCodes.FromHttpStatus(status), message);
        body.GetSpan(1)[0] = (byte)'\n';
        body.Advance(1);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentEncoding = default;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    /// <summary>Writes status and message as plain text, as OTLP over HTTP does with the peer.</summary>
    public static async Task WriteTextAsync(HttpContext http, int status, string message)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.WriteAsync(RpcResponseWriter.Shorten(message) + "\n", Encoding.UTF8, http.RequestAborted);
    }
}
