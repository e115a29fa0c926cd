using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kagari.Client.Tests.Delivery;

/// <summary>A server of threads and sockets: it needs no thread pool, speaks TLS, and closes connections when a test wants it.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly int _requestsPerConnection;
    private readonly List<string> _heads = [];

    public RawServer(X509Certificate2? certificate = null, int requestsPerConnection = int.MaxValue)
    {
        _certificate = certificate;
        _requestsPerConnection = requestsPerConnection;
        _listener.Start();
        new Thread(Accept) { IsBackground = true, Name = "raw server" }.UnsafeStart();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>Request line and headers of all requests.</summary>
    public string[] Heads
    {
        get
        {
            lock (_heads) return [.. _heads];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                Connections++;
                new Thread(() => Serve(client)) { IsBackground = true }.UnsafeStart();
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var tls = new SslStream(stream);
                    tls.AuthenticateAsServer(_certificate);
                    stream = tls;
                }
                for (var i = 0; i < _requestsPerConnection && Head(stream) is { Length: > 0 } head; i++)
                {
                    lock (_heads) _heads.Add(head);
                    var length = head.Split("Content-Length: ");
                    if (length.Length > 1) stream.ReadExactly(new byte[int.Parse(length[1].Split('\r')[0])]);
                    stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
                    stream.Flush();
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The other side is gone.
        }
    }

    private static string Head(Stream stream)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var b = stream.ReadByte();
            if (b < 0) return "";
            head.Append((char)b);
        }
        return head.ToString();
    }
}
