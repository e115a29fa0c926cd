using System.Diagnostics;
using System.Net.Sockets;

namespace Kagari.Client.Delivery;

/// <summary>A socket as a stream that blocks, but never beyond one deadline for everything that is read and written.</summary>
/// <remarks>The system's own timeouts of blocking calls, because timers fire on the thread pool.</remarks>
internal sealed class DeadlineStream(Socket socket, TimeSpan timeout) : Stream
{
    private long _started = Stopwatch.GetTimestamp();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Milliseconds that are left; at least 1, because 0 means forever to a socket.</summary>
    /// <exception cref="TimeoutException">None are.</exception>
    public int Left => timeout - Stopwatch.GetElapsedTime(_started) is var left && left > TimeSpan.Zero ? Math.Max(1, (int)left.TotalMilliseconds) : throw new TimeoutException();

    /// <summary>The deadline counts from now on.</summary>
    public void Restart() => _started = Stopwatch.GetTimestamp();

    public override int Read(Span<byte> buffer)
    {
        socket.ReceiveTimeout = Left;
        var count = socket.Receive(buffer, SocketFlags.None, out var error);
        return error == SocketError.Success ? count : throw Failure(error);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            socket.SendTimeout = Left;
            var count = socket.Send(buffer, SocketFlags.None, out var error);
            if (error != SocketError.Success) throw Failure(error);
            buffer = buffer[count..];
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) socket.Dispose();
        base.Dispose(disposing);
    }

    private static Exception Failure(SocketError error) =>
        error is SocketError.TimedOut or SocketError.WouldBlock ? new TimeoutException() : new SocketException((int)error);
}
