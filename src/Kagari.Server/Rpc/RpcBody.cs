namespace Kagari.Server.Rpc;

/// <summary>The request of <see cref="RpcEndpoints.MapRpcBytes"/>: bytes in a pooled buffer.</summary>
/// <remarks>The bytes are valid until the handler's task ends; then their buffer serves another call.</remarks>
internal sealed class RpcBody : IDisposable
{
    private readonly PooledBuffer _buffer;
    private readonly int _start;

    internal RpcBody(PooledBuffer buffer, int start, bool isJson)
    {
        _buffer = buffer;
        _start = start;
        IsJson = isJson;
    }

    /// <summary>The message, decompressed and without frame. Never empty when <see cref="IsJson"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.Length == 0 ? default : _buffer.WrittenMemory[_start..];

    /// <summary>JSON, else protobuf.</summary>
    public bool IsJson { get; }

    /// <summary>Gives the buffer back; <see cref="Bytes"/> is empty from then on. The host calls it, a handler may do so earlier.</summary>
    public void Dispose() => _buffer.Dispose();
}
