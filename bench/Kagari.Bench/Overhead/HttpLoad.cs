using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kagari.Bench.Overhead;

/// <summary>Connections that each ask again as soon as they are answered. What it uses itself does not count: the CPU time of the application does.</summary>
internal sealed class HttpLoad : IDisposable
{
    private readonly List<Thread> _threads = [];
    private readonly CancellationTokenSource _end = new();
    private long _requests;

    public HttpLoad(Uri url, int connections)
    {
        for (var i = 0; i < connections; i++)
        {
            var first = i * 1000;
            var thread = new Thread(() => Ask(url.Port, first)) { IsBackground = true };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Requests answered.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Asks a number of times, on one connection.</summary>
    public static void Ask(Uri url, int times)
    {
        using var socket = Connect(url.Port);
        var buffer = new byte[64 << 10];
        for (var i = 0; i < times; i++) AskOne(socket, i, buffer);
    }

    public void Dispose()
    {
        _end.Cancel();
        foreach (var thread in _threads) thread.Join();
        _end.Dispose();
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static void AskOne(Socket socket, int id, byte[] buffer)
    {
        socket.Send(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"GET /orders/{id % 100_000} HTTP/1.1\r\nHost: shop\r\n\r\n")));
        // Kestrel sends this JSON in chunks; the last one is empty.
        for (var count = 0; count < 5 || !buffer.AsSpan(0, count).EndsWith("0\r\n\r\n"u8);)
        {
            var read = socket.Receive(buffer.AsSpan(count));
            if (read == 0 || !buffer.AsSpan(0, count + read).StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException("The web application gave no answer.");
            count += read;
        }
    }

    private void Ask(int port, int id)
    {
        using var socket = Connect(port);
        var buffer = new byte[64 << 10];
        while (!_end.IsCancellationRequested)
        {
            AskOne(socket, id++, buffer);
            Interlocked.Increment(ref _requests);
        }
    }
}
