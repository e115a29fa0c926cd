using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Ui;

/// <summary>Sends files of the user interface with the headers that keep a browser from running anything else.</summary>
internal static class UiResponse
{
    /// <summary>Names of assets hold a hash of their content.</summary>
    private const string Forever = "public, max-age=31536000, immutable";

    /// <summary>
    /// Nothing of other hosts, and nobody frames us. Styles may stand in the page (libraries position by them); workers and pictures
    /// may be made by scripts of ours.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static Task WriteAsync(HttpContext http, UiShell shell)
    {
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ETag = shell.EntityTag;
        if (!http.Request.Headers.IfNoneMatch.ToString().Contains(shell.EntityTag, StringComparison.Ordinal)) return WriteAsync(http, shell.File);
        Guard(http.Response.Headers);
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    public static Task WriteAssetAsync(HttpContext http, UiFile file)
    {
        http.Response.Headers.CacheControl = Forever;
        return WriteAsync(http, file);
    }

    private static async Task WriteAsync(HttpContext http, UiFile file)
    {
        var headers = http.Response.Headers;
        Guard(headers);
        headers.Vary = "Accept-Encoding";
        byte[] body;
        var accepted = http.Request.Headers.AcceptEncoding;
        if (file.Brotli is { } brotli && AcceptedEncodings.ContainBrotli(accepted)) (body, headers.ContentEncoding) = (brotli, "br");
        else if (file.Brotli is not null && AcceptedEncodings.ContainGzip(accepted)) (body, headers.ContentEncoding) = (file.Gzip(), "gzip");
        else body = file.Plain();
        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
    }
}
