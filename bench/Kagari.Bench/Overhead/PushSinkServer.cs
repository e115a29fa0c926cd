using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kagari.Bench.Overhead;

/// <summary>Takes uploads and forgets them, so that delivery is part of what is measured.</summary>
internal sealed class PushSinkServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private long _uploads, _bytes;

    public PushSinkServer()
    {
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));

    public long Uploads => Interlocked.Read(ref _uploads);

    public long Bytes => Interlocked.Read(ref _bytes);

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The benchmark is over.
        }
    }

    private void Serve(TcpClient client)
    {
        using var stream = client.GetStream();
        using var reader = new BinaryReader(new BufferedStream(stream));
        var head = new StringBuilder();
        try
        {
            while (true)
            {
                head.Clear();
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)reader.ReadByte());
                var line = head.ToString().Split("\r\n").First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                var count = int.Parse(line.AsSpan(15), CultureInfo.InvariantCulture);
                reader.ReadBytes(count);
                stream.Write("HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\nContent-Length: 0\r\n\r\n"u8);
                Interlocked.Increment(ref _uploads);
                Interlocked.Add(ref _bytes, count);
            }
        }
        catch (IOException)
        {
            // The application has ended.
        }
    }
}
