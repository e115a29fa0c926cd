using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Rpc;

/// <summary>Runs one call: reads the request, calls the handler, writes the response or the error.</summary>
internal sealed class RpcInvoker<TResponse>(Func<RpcContext, RpcBody, CancellationToken, ValueTask<TResponse>> handler, RpcOptions options)
    where TResponse : class
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Step 1: what no RPC client does is answered in plain HTTP.
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "POST";
            return;
        }
        if (RpcContentType.Find(http.Request.ContentType) is not { } type)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            http.Response.Headers["Accept-Post"] = RpcContentType.AcceptPost;
            return;
        }
        if (type.Protocol == RpcProtocol.Grpc && !http.Response.SupportsTrailers())
        {
            http.Response.StatusCode = StatusCodes.Status505HttpVersionNotsupported;
            return;
        }

        var call = new RpcContext(http, type.Protocol, type.IsJson);
        http.Features.Set(call);
        // The limit is ours (RpcOptions), so that its error names our setting.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;

        // Step 2: the call.
        RpcDeadline? deadline = null;
        RpcBody? body = null;
        RpcException error;
        try
        {
            CheckVersion(call);
            var time = http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
            deadline = new RpcDeadline(RpcDeadline.ReadTimeout(http.Request.Headers, type.Protocol), time, http.RequestAborted);
            body = await ReadBodyAsync(call, deadline.Token);
            var response = await handler(call, body, deadline.Token)
                ?? throw new InvalidOperationException("BUG: the handler returned null.");
            await RpcResponseWriter.WriteAsync(call, type, response, options, http.RequestAborted);
            return;
        }
        catch (Exception e)
        {
            error = ToRpcException(http, e, deadline);
        }
        finally
        {
            body?.Dispose();
            deadline?.Dispose();
        }

        // Step 3: the error.
        call.Code = error.Code;
        if (http.RequestAborted.IsCancellationRequested) http.Response.TrySetStatus(error.Code.HttpStatus());
        else if (http.Response.HasStarted) http.Abort();
        else await RpcResponseWriter.WriteErrorAsync(call, type, error);
    }

    private static void CheckVersion(RpcContext call)
    {
        if (call.Protocol != RpcProtocol.Connect) return;
        if (!call.HttpContext.Request.Headers.TryGetValue("Connect-Protocol-Version", out var version)) return;
        if (version != "1") throw new RpcException(RpcCode.InvalidArgument, $"Header Connect-Protocol-Version is '{version}'; expected 1.");
    }

    private async ValueTask<RpcBody> ReadBodyAsync(RpcContext call, CancellationToken cancel)
    {
        try
        {
            return await RpcBodyReader.ReadAsync(call, options, cancel);
        }
        catch (BadHttpRequestException e)
        {
            // Kestrel's own findings; its messages are written for clients.
            var code = e.StatusCode == StatusCodes.Status408RequestTimeout ? RpcCode.DeadlineExceeded : RpcCode.InvalidArgument;
            throw new RpcException(code, e.Message, e);
        }
        catch (IOException e)
        {
            throw new RpcException(RpcCode.Canceled, "The client went away before its request was complete.", e);
        }
    }

    private static RpcException ToRpcException(HttpContext http, Exception e, RpcDeadline? deadline)
    {
        if (e is RpcException known) return known;
        if (e is Query.QueryTooLargeException) return new RpcException(RpcCode.ResourceExhausted, e.Message, e);
        if (e is OperationCanceledException)
        {
            if (http.RequestAborted.IsCancellationRequested) return new RpcException(RpcCode.Canceled, "the request was cancelled by the client", e);
            if (deadline is { IsExpired: true }) return new RpcException(RpcCode.DeadlineExceeded, "The time that the client gave for this request is over.", e);
            return new RpcException(RpcCode.Canceled, "the request was cancelled", e);
        }
        var logger = http.RequestServices.GetService<ILoggerFactory>()?.CreateLogger("Kagari.Server.Rpc");
        logger?.LogError(e, "{Path} failed (request {RequestId})", http.Request.Path.Value, http.TraceIdentifier);
        // Exceptions of ours may hold paths and addresses: the text stays in the log.
        return new RpcException(RpcCode.Unknown, $"The server failed at this request; its log tells why (request {http.TraceIdentifier}).", e);
    }
}
