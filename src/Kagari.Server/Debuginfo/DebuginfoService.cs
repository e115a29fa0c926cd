using Google.Protobuf.WellKnownTypes;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Ingest;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Wire.Debuginfo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Debuginfo;

/// <summary><c>debuginfo.v1alpha1.DebuginfoService</c>: agents offer, send and finish files of debug information.</summary>
/// <remarks>
/// <code>
/// ShouldInitiateUpload ──▶ uploading ── POST Upload/ID ──▶ file ── UploadFinished ──▶ uploaded
///        ▲                     │ 7 minutes without an end
///        └──────── stale ◀─────┘
/// </code>
/// Reasons are texts that agents log; they are those of the peer.
/// </remarks>
internal sealed class DebuginfoService(DebugFiles files, Symbolizer symbolizer, Distributor distributor, ServerOptions options, TimeProvider time) : IDisposable
{
    private const string Prefix = "/debuginfo.v1alpha1.DebuginfoService/", NotPending = "no pending upload for this build ID";

    /// <summary>The time an upload may take, and five minutes.</summary>
    private static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(7);

    /// <summary>Names of files, of which a list shows all.</summary>
    private const int NamesMax = 4096;

    private static readonly byte[] ElfMagic = [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    // States are read and written back; calls are rare.
    private readonly SemaphoreSlim _gate = new(1, 1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRpc<ShouldInitiateUploadRequest, ShouldInitiateUploadResponse>(Prefix + "ShouldInitiateUpload", ShouldInitiateAsync).RequireAccess(Access.Write);
        routes.MapRpc<UploadFinishedRequest, UploadFinishedResponse>(Prefix + "UploadFinished", FinishedAsync).RequireAccess(Access.Write);
        routes.MapRpc<ListDebuginfoRequest, ListDebuginfoResponse>(Prefix + "ListDebuginfo", ListAsync).RequireAccess(Access.Read);
        routes.MapRpc<DeleteDebuginfoRequest, DeleteDebuginfoResponse>(Prefix + "DeleteDebuginfo", DeleteAsync).RequireAccess(Access.Admin);
        routes.MapPost(Prefix + "Upload/{buildId}", UploadAsync).WithMetadata(ErrorForm.Text).RequireAccess(Access.Write);
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask<ShouldInitiateUploadResponse> ShouldInitiateAsync(RpcContext call, ShouldInitiateUploadRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call.HttpContext);
        if (!options.DebugInfoEnabled) return No("DebugInfo upload disabled");
        var file = request.File ?? throw Invalid("\"file\" is required");
        if (file.GnuBuildId.Length == 0) return No("Empty GNU build ID, therefore no upload is needed.");
        var buildId = Normalized(file.GnuBuildId);
        if (file.Name.Length + file.GoBuildId.Length + file.OtelFileId.Length > NamesMax) throw Invalid($"the names of the file have more than {NamesMax} characters");
        await _gate.WaitAsync(cancellation);
        try
        {
            var bytes = await files.BytesAsync(tenant, cancellation);
            var most = distributor.LimitsOf(tenant).DebugInfoBytesMax;
            if (most > 0 && bytes >= most) return No($"The debug information of this tenant has {bytes} bytes; the limit is {most} (debug_info_bytes_max). Delete some.");
            var now = time.GetUtcNow();
            var reason = "First time we see this Build ID, therefore please upload!";
            if (await files.FindAsync(tenant, buildId, cancellation) is { } known)
            {
                if (known.State == ObjectMetadata.Types.State.Uploaded) return No("Debuginfo already exists and is not marked as invalid, therefore no new upload is needed.");
                if (now - known.StartedAt.ToDateTimeOffset() < StaleAfter) return No("A previous upload is still in-progress and not stale yet (only stale uploads can be retried).");
                reason = "A previous upload was started but not finished and is now stale, so it can be retried.";
            }
            var metadata = new ObjectMetadata { File = file.Clone(), State = ObjectMetadata.Types.State.Uploading, StartedAt = Timestamp.FromDateTimeOffset(now) };
            metadata.File.GnuBuildId = buildId;
            await files.PutAsync(tenant, buildId, metadata, cancellation);
            return new ShouldInitiateUploadResponse { ShouldInitiateUpload = true, Reason = reason };
        }
        finally
        {
            _gate.Release();
        }

        static ShouldInitiateUploadResponse No(string reason) => new() { Reason = reason };
    }

    private async Task UploadAsync(HttpContext http)
    {
        try
        {
            await StoreAsync(http);
        }
        catch (IngestException e)
        {
            await AnswerAsync(http, e.Reason == DiscardReason.StorageFull ? StatusCodes.Status507InsufficientStorage : e.Code.HttpStatus(), e.Message);
        }
        catch (RpcException e)
        {
            await AnswerAsync(http, e.Code.HttpStatus(), e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(http, StatusCodes.Status408RequestTimeout, $"the request body could not be read: {e.Message}");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = 499;
        }
        catch (IOException e)
        {
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private async Task StoreAsync(HttpContext http)
    {
        var tenant = TenantOf(http);
        var buildId = Normalized((string)http.Request.RouteValues["buildId"]!);
        if (await files.FindAsync(tenant, buildId, http.RequestAborted) is not { State: ObjectMetadata.Types.State.Uploading } pending)
        {
            await AnswerAsync(http, StatusCodes.Status412PreconditionFailed, NotPending);
            return;
        }
        distributor.TakeBytes(tenant, http.Request.ContentLength ?? 0);
        await using var upload = await files.BeginAsync(tenant, buildId, http.RequestAborted);
        var buffer = new byte[64 << 10];
        var isFirst = true;
        while (await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted) is var read and > 0)
        {
            if (isFirst && !buffer.AsSpan(0, read).StartsWith(ElfMagic)) throw Invalid("the body is no ELF file: it does not start with 7f 45 4c 46");
            isFirst = false;
            await upload.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
            if (upload.Length <= options.DebugInfoUploadBytesMax) continue;
            await AnswerAsync(http, StatusCodes.Status413PayloadTooLarge, $"the file has more than {options.DebugInfoUploadBytesMax} bytes (setting debug_info.max_upload_size)");
            return;
        }
        if (isFirst) throw Invalid("the body is empty; expected an ELF file");
        await _gate.WaitAsync(http.RequestAborted);
        try
        {
            // While the bytes came, the upload may have been finished, deleted or begun anew by somebody else.
            if (await files.FindAsync(tenant, buildId, http.RequestAborted) is { State: ObjectMetadata.Types.State.Uploading } now && now.StartedAt.Equals(pending.StartedAt))
                await upload.CompleteAsync(http.RequestAborted);
            else pending = null;
        }
        finally
        {
            _gate.Release();
        }
        await AnswerAsync(http, pending is null ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status200OK, pending is null ? NotPending : "");
    }

    private async ValueTask<UploadFinishedResponse> FinishedAsync(RpcContext call, UploadFinishedRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call.HttpContext);
        var buildId = Normalized(request.GnuBuildId);
        await _gate.WaitAsync(cancellation);
        try
        {
            var metadata = await files.FindAsync(tenant, buildId, cancellation)
                ?? throw new RpcException(RpcCode.NotFound, $"no upload of build ID '{buildId}' was started");
            if (metadata.State == ObjectMetadata.Types.State.Uploaded) return new UploadFinishedResponse();   // it was heard before
            metadata.SizeBytes = await files.LengthAsync(tenant, buildId, cancellation)
                ?? throw new RpcException(RpcCode.FailedPrecondition, $"the file of build ID '{buildId}' was not uploaded: POST {Prefix}Upload/{buildId} comes first");
            metadata.State = ObjectMetadata.Types.State.Uploaded;
            metadata.FinishedAt = Timestamp.FromDateTimeOffset(time.GetUtcNow());
            await files.PutAsync(tenant, buildId, metadata, cancellation);
        }
        finally
        {
            _gate.Release();
        }
        symbolizer.Changed(tenant);
        return new UploadFinishedResponse();
    }

    private async ValueTask<ListDebuginfoResponse> ListAsync(RpcContext call, ListDebuginfoRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call.HttpContext);
        var answer = new ListDebuginfoResponse();
        foreach (var buildId in await files.ListAsync(tenant, cancellation))
            if (await files.FindAsync(tenant, buildId, cancellation) is { } metadata) answer.Object.Add(metadata);
        return answer;
    }

    private async ValueTask<DeleteDebuginfoResponse> DeleteAsync(RpcContext call, DeleteDebuginfoRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call.HttpContext);
        var buildId = Normalized(request.GnuBuildId);
        await _gate.WaitAsync(cancellation);
        try
        {
            await files.DeleteAsync(tenant, buildId, cancellation);
        }
        finally
        {
            _gate.Release();
        }
        symbolizer.Changed(tenant);
        return new DeleteDebuginfoResponse();
    }

    private static Task AnswerAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private string TenantOf(HttpContext http) => TenantId.ForWrite(http, options.MultitenancyEnabled);

    private static string Normalized(string text) =>
        BuildId.TryNormalize(text, out var buildId) ? buildId : throw Invalid($"gnu_build_id is '{(text.Length > 60 ? text[..60] : text)}'; expected {BuildId.Pattern}");

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
