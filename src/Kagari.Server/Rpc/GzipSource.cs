namespace Kagari.Server.Rpc;

/// <summary>What a decompressor reads from: ends the call at the limit and remembers how the bytes end.</summary>
internal sealed class GzipSource(Stream inner, RpcOptions options) : Stream
{
    private long _bytes;
    private GzipTail _tail = new();

    /// <inheritdoc cref="GzipTail.IsWhole"/>
    public bool IsWhole(ReadOnlySpan<byte> output) => _tail.IsWhole(output);

    /// <summary>Compressed bytes read so far.</summary>
    public long Bytes => _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _bytes; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _bytes += read;
        _tail.Add(buffer.Span[..read]);
        return _bytes <= options.BodyBytesMax ? read : throw RpcBodyReader.TooLarge("request body", null, options);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Kestrel forbids blocking reads.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
