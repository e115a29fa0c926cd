namespace Kagari.Server.Rpc;

/// <summary>A handler's way to fail a call: the client gets the code and the message as they are.</summary>
internal sealed class RpcException : Exception
{
    /// <param name="code">What kind of failure.</param>
    /// <param name="message">Seen by the client: found, expected, where, and the setting that changes it.</param>
    /// <param name="innerException">The cause; stays in the server.</param>
    public RpcException(RpcCode code, string message, Exception? innerException = null) : base(message, innerException) =>
        Code = code;

    /// <summary>What kind of failure.</summary>
    public RpcCode Code { get; }

    /// <summary>A body was over a limit of bytes: an invalid argument that plain HTTP has a status of its own for, 413.</summary>
    public bool IsTooLarge { get; init; }
}
