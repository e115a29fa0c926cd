using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Rpc;

/// <summary>One call. Also a feature of its <see cref="HttpContext"/>, so that logs and metrics see protocol and code.</summary>
internal sealed class RpcContext(HttpContext httpContext, RpcProtocol protocol, bool isJson)
{
    /// <summary>The request; handlers read headers and set response headers, but leave status and body alone.</summary>
    public HttpContext HttpContext { get; } = httpContext;

    /// <summary>Connect, gRPC or gRPC-Web.</summary>
    public RpcProtocol Protocol { get; } = protocol;

    /// <summary>Messages travel as JSON, else as protobuf.</summary>
    public bool IsJson { get; } = isJson;

    /// <summary>How the call ended: null while it runs and after success. gRPC failures are HTTP 200, so a status says too little.</summary>
    public RpcCode? Code { get; internal set; }
}
