using System.IO.Compression;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Functions;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Snapshots;

/// <summary><c>/api/v1/snapshots</c>: views that people froze to share them. Written up in docs/guide/snapshots.md.</summary>
internal sealed class SnapshotEndpoints(SnapshotStore store, Ingester ingester, ServerOptions options, ILimitsProvider limits, TimeProvider time)
{
    private const string Path = "/api/v1/snapshots";

    public void Map(IEndpointRouteBuilder routes)
    {
        // Whoever may see a view may show it to those who may see it too.
        routes.MapPost(Path, http => RunAsync(http, AddAsync)).RequireAccess(Access.Read);
        routes.MapGet(Path, http => RunAsync(http, ListAsync)).RequireAccess(Access.Read);
        routes.MapGet(Path + "/{id}", http => RunAsync(http, GetAsync)).RequireAccess(Access.Read);
        routes.MapDelete(Path + "/{id}", http => RunAsync(http, DeleteAsync)).RequireAccess(Access.Admin);
    }

    private static Task RunAsync(HttpContext http, Func<HttpContext, Task> handler) => RenderEndpoints.RunAsync(http, async h =>
    {
        try
        {
            await handler(h);
        }
        catch (StorageFullException e)
        {
            await HttpErrors.WriteAsync(h, StatusCodes.Status507InsufficientStorage, e.Message, RpcCode.ResourceExhausted);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new RpcException(RpcCode.Unavailable, e.Message, e);
        }
    });

    private async Task AddAsync(HttpContext http)
    {
        var tenant = TenantOf(http);
        var own = limits.For(tenant);
        if (await ReadAsync(http, own.MaxSnapshotBytes) is not { } json)
        {
            await HttpErrors.WriteAsync(
                http, StatusCodes.Status413PayloadTooLarge, $"the snapshot has more than {own.MaxSnapshotBytes} bytes, the limit (setting max_snapshot_bytes)");
            return;
        }
        var document = SnapshotDocument.Read(json);
        // The last of the disk is for profiles and their compaction.
        ingester.ThrowIfFull();
        var head = await store.AddAsync(
            tenant, new SnapshotHead(document.Id, document.Title, time.GetUtcNow().ToUnixTimeMilliseconds(), json.Length), json, own.MaxSnapshots, http.RequestAborted);
        await WriteAsync(http, head);
    }

    private async Task ListAsync(HttpContext http)
    {
        var all = await store.ListAsync(TenantOf(http), http.RequestAborted);
        await FunctionResponse.WriteJsonAsync(http, json =>
        {
            json.WriteStartArray("snapshots"u8);
            foreach (var head in all)
            {
                json.WriteStartObject();
                SnapshotJson.Write(json, head);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    private async Task GetAsync(HttpContext http)
    {
        var (tenant, id) = (TenantOf(http), IdOf(http));
        var (brotli, json) = await store.FindAsync(tenant, id, http.RequestAborted) ?? throw Missing(id);
        var headers = http.Response.Headers;
        var takesBrotli = AcceptedEncodings.ContainBrotli(http.Request.Headers.AcceptEncoding);
        var body = takesBrotli ? brotli : json;
        if (takesBrotli) headers.ContentEncoding = "br";
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-cache";
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var (tenant, id) = (TenantOf(http), IdOf(http));
        if (!await store.DeleteAsync(tenant, id, http.RequestAborted)) throw Missing(id);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The body, gzip or not; null where it is longer than this.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http, long bytesMax)
    {
        var most = bytesMax > 0 ? Math.Min(bytesMax, Array.MaxLength - 1) : Array.MaxLength - 1;
        if (http.Request.ContentLength > most) return null;
        // A little more than the limit, so that what is too long is answered in our words.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = most + (1 << 20);
        var encoding = http.Request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip")) throw new RpcException(RpcCode.InvalidArgument, $"Content-Encoding is '{encoding}'; expected gzip or none");
        try
        {
            await using var body = encoding == "gzip" ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
            using var bytes = new MemoryStream();
            var buffer = new byte[64 << 10];
            while (await body.ReadAsync(buffer, http.RequestAborted) is var read and > 0)
            {
                if (bytes.Length + read > most) return null;
                bytes.Write(buffer, 0, read);
            }
            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            throw new RpcException(RpcCode.InvalidArgument, $"the body cannot be read: {e.Message}", e);
        }
    }

    private static Task WriteAsync(HttpContext http, SnapshotHead head) => FunctionResponse.WriteJsonAsync(http, json => SnapshotJson.Write(json, head));

    private static string IdOf(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        return SnapshotDocument.IsId(id) ? id : throw Missing(id.Length > 80 ? id[..80] : id);
    }

    private static RpcException Missing(string id) => new(RpcCode.NotFound, $"there is no snapshot '{id}'");

    private string TenantOf(HttpContext http) => TenantId.ForWrite(http, options.MultitenancyEnabled);
}
