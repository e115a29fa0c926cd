using System.Globalization;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Authentication.Enforcement;

/// <summary>Answers a refused request in the form in which the clients of its route read errors.</summary>
internal static class RefusalWriter
{
    private const string Bearer = "Bearer realm=\"kagari\"", Challenge = "Basic realm=\"kagari\", charset=\"UTF-8\", " + Bearer;

    /// <summary>Scripts in browsers send it. Where they meet "Basic", the browser opens a dialog of its own over that of the page.</summary>
    private const string OfScripts = "X-Requested-With";

    public static async Task WriteAsync(HttpContext http, Refusal refusal)
    {
        if (refusal.RetryAfter is { } wait) http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var form = http.GetEndpoint()?.Metadata.GetMetadata<ErrorForm>();
        var type = form == ErrorForm.Rpc && HttpMethods.IsPost(http.Request.Method) ? RpcContentType.Find(http.Request.ContentType) : null;
        // What no RPC client does gets plain HTTP, as it does from the routes themselves.
        if (type?.Protocol == RpcProtocol.Grpc && !http.Response.SupportsTrailers()) type = null;
        if (refusal.Code == RpcCode.Unauthenticated && type?.Protocol is null or RpcProtocol.Connect)
            http.Response.Headers.WWWAuthenticate = http.Request.Headers.ContainsKey(OfScripts) ? Bearer : Challenge;
        if (type is not null)
        {
            var call = new RpcContext(http, type.Protocol, type.IsJson) { Code = refusal.Code };
            http.Features.Set(call);
            await RpcResponseWriter.WriteErrorAsync(call, type, new RpcException(refusal.Code, refusal.Message));
        }
        else if (form == ErrorForm.Text) await HttpErrors.WriteTextAsync(http, refusal.Code.HttpStatus(), refusal.Message);
        else await HttpErrors.WriteAsync(http, refusal.Code.HttpStatus(), refusal.Message, refusal.Code);
    }
}
