namespace Kagari.Server.Rpc;

/// <summary>How a call is wrapped in HTTP; the content type of the request decides.</summary>
internal enum RpcProtocol
{
    /// <summary>The message is the body, errors are JSON with an HTTP status.</summary>
    Connect,

    /// <summary>Five-byte frames, status in trailers; HTTP/2 only.</summary>
    Grpc,

    /// <summary>Five-byte frames, status in a last frame of the body.</summary>
    GrpcWeb,
}
