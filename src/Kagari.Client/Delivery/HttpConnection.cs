using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Kagari.Client.Delivery;

/// <summary>Posts to one address over one connection of HTTP/1.1, which stays open between posts.</summary>
/// <remarks>
/// Not HttpClient: even its blocking Send opens connections and counts time on the thread pool. Measured with a pool
/// whose threads were all taken: neither an upload nor its timeout came through, for as long as we waited; here the first
/// upload takes milliseconds. It also has no part in what the program measures of its own requests.
/// Proxies that speak plain HTTP are asked as HttpClient would ask them.
/// </remarks>
internal sealed class HttpConnection(Uri endpoint, IReadOnlyList<KeyValuePair<string, string>> headers, TimeSpan timeout, IWebProxy? proxy, RemoteCertificateValidationCallback? validate = null) : IDisposable
{
    private readonly Uri? _proxy = proxy is null || proxy.IsBypassed(endpoint) ? null : proxy.GetProxy(endpoint) is { Scheme: "http" } uri && uri != endpoint ? uri : null;
    private Socket? _socket;
    private DeadlineStream? _deadline;
    private Stream? _stream;
    private HttpAnswerReader? _answer;

    /// <summary>Sends a body and reads the answer.</summary>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    /// <exception cref="SocketException">Nobody listens, or the connection broke.</exception>
    /// <exception cref="IOException">TLS failed, or the connection ended within the answer.</exception>
    /// <exception cref="InvalidDataException">The answer is no HTTP.</exception>
    public HttpAnswer Post(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        // A connection that the server closed meanwhile is readable, and has nothing to read.
        var isUsed = _socket is not null && !IsEnded(_socket);
        if (!isUsed) Close();
        try
        {
            return Exchange(body, cancellation);
        }
        catch (Exception e) when (isUsed && e is (SocketException or IOException) && _answer?.HasBegun != true && e.InnerException is not TimeoutException)
        {
            // It was closed just now. That is no failure of the server: once more, with a new connection.
            return Exchange(body, cancellation);
        }
    }

    public void Dispose() => Close();

    private HttpAnswer Exchange(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var isKept = false;
        _answer = null;
        // Closing the socket is what ends a blocking call.
        using var end = cancellation.Register(() => _socket?.Dispose());
        try
        {
            if (_stream is null) Open(cancellation);
            _deadline!.Restart();
            _stream!.Write(Head(body.Length));
            _stream.Write(body.Span);
            _stream.Flush();
            _answer = new HttpAnswerReader(_stream);
            var answer = _answer.Read();
            isKept = answer.IsWhole;
            return answer;
        }
        finally
        {
            if (!isKept) Close();
        }
    }

    private void Open(CancellationToken cancellation)
    {
        var first = _proxy ?? endpoint;
        _socket = Connect(first.IdnHost, first.Port, cancellation);
        _deadline = new DeadlineStream(_socket, timeout);
        _stream = _deadline;
        if (endpoint.Scheme != Uri.UriSchemeHttps) return;
        if (_proxy is not null)
        {
            _stream.Write(Encoding.ASCII.GetBytes($"CONNECT {HostOf(endpoint, withPort: true)} HTTP/1.1\r\nHost: {HostOf(endpoint, withPort: true)}\r\n{ProxyAuthorization()}\r\n"));
            var answer = new HttpAnswerReader(_stream).Read(hasBody: false);
            if (answer.Status != 200) throw new IOException($"The proxy {HostOf(_proxy, withPort: true)} answered {answer.Status} to CONNECT.");
        }
        var tls = new SslStream(_deadline);
        _stream = tls;
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = endpoint.IdnHost, RemoteCertificateValidationCallback = validate });
    }

    /// <summary>Connects to the first address of a host that answers.</summary>
    private Socket Connect(string host, int port, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : Dns.GetHostAddresses(host);
        Exception? failure = null;
        foreach (var address in addresses)
        {
            cancellation.ThrowIfCancellationRequested();
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            // For whoever cancels meanwhile.
            _socket = socket;
            try
            {
                Connect(socket, new IPEndPoint(address, port));
                return socket;
            }
            catch (Exception e) when (e is SocketException or TimeoutException)
            {
                failure = e;
                socket.Dispose();
            }
        }
        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>A blocking connect has no timeout of its own: it is begun, and then waited for.</summary>
    private void Connect(Socket socket, IPEndPoint address)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(address);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // Windows tells a failure as an error only, others as being writable.
            List<Socket> connected = [socket], failed = [socket];
            Socket.Select(null, connected, failed, timeout);
            if (connected.Count + failed.Count == 0) throw new TimeoutException();
            var error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error != 0) throw new SocketException(error);
        }
        socket.Blocking = true;
    }

    private byte[] Head(int length)
    {
        var head = new StringBuilder("POST ");
        var isForwarded = _proxy is not null && endpoint.Scheme == Uri.UriSchemeHttp;
        head.Append(isForwarded ? endpoint.AbsoluteUri : endpoint.PathAndQuery).Append(" HTTP/1.1\r\n");
        if (!headers.Any(h => h.Key.Equals("Host", StringComparison.OrdinalIgnoreCase))) head.Append("Host: ").Append(HostOf(endpoint, withPort: !endpoint.IsDefaultPort)).Append("\r\n");
        if (isForwarded) head.Append(ProxyAuthorization());
        head.Append("Content-Type: application/proto\r\nContent-Length: ").Append(length.ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        foreach (var (name, value) in headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private string ProxyAuthorization()
    {
        var user = _proxy!.UserInfo.Length > 0
            ? Uri.UnescapeDataString(_proxy.UserInfo)
            : proxy!.Credentials?.GetCredential(_proxy, "Basic") is { UserName.Length: > 0 } known ? $"{known.UserName}:{known.Password}" : "";
        return user.Length == 0 ? "" : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(user))}\r\n";
    }

    private static string HostOf(Uri uri, bool withPort)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        return withPort ? string.Create(CultureInfo.InvariantCulture, $"{host}:{uri.Port}") : host;
    }

    private static bool IsEnded(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    private void Close()
    {
        _stream?.Dispose();
        _socket?.Dispose();
        (_stream, _deadline, _socket) = (null, null, null);
    }
}
