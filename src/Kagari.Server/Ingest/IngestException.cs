using Kagari.Server.Rpc;

namespace Kagari.Server.Ingest;

/// <summary>A profile or a request that is not taken: the client gets code and message, a metric counts the reason.</summary>
internal sealed class IngestException(RpcCode code, string reason, string message) : Exception(message)
{
    /// <summary>The code; <c>/ingest</c> derives its status from it.</summary>
    public RpcCode Code { get; } = code;

    /// <summary>One of <see cref="DiscardReason"/>.</summary>
    public string Reason { get; } = reason;

    public static IngestException Invalid(string reason, string message) => new(RpcCode.InvalidArgument, reason, message);
}
