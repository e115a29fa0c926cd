using System.IO.Compression;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Querying;

/// <summary><c>GET /pprof?query=…&amp;from=…&amp;until=…</c>: a merged profile under a plain address, for <c>go tool pprof</c> and scripts.</summary>
internal sealed class PprofEndpoint(QueryEngine engine, QueryScopes scopes)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/pprof", http => RenderEndpoints.RunAsync(http, GetAsync)).RequireAccess(Access.Read);

    private async Task GetAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var parameters = http.Request.Query;
        var (type, selector) = RenderQuery.Parse(parameters["query"], "query");
        // Without a range the last hour: what somebody who types the address means.
        var window = RenderEndpoints.Window(scope, parameters.ContainsKey("from") ? parameters["from"] : "now-1h", parameters.ContainsKey("until") ? parameters["until"] : "now");
        var profile = window.IsEmpty ? new FlatProfile()
            : await engine.MergeProfileAsync(scope.Query(window, selector).OfType(type), type, StackFilter.None, pgo: null, http.RequestAborted);
        // Tools take an empty profile for a broken one.
        if (profile.Samples.Count == 0) throw new RpcException(RpcCode.NotFound, $"no profile of {type} matches between {window.StartMillis} and {window.EndMillis} ms");
        using var bytes = new PooledBuffer();
        PprofWriter.WriteGzip(profile, bytes, CompressionLevel.Fastest);
        http.Response.ContentType = "application/octet-stream";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"profile.pb.gz\"";
        http.Response.ContentLength = bytes.WrittenMemory.Length;
        await http.Response.Body.WriteAsync(bytes.WrittenMemory, http.RequestAborted);
    }
}
