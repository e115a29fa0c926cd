using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kagari.Server.Tests.Rpc;

public sealed class Http2SniffingTests : IAsyncLifetime
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
    private static readonly byte[] EmptySettings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private RpcTestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RpcTestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task OnePort_Http2AndHttp1_BothWork()
    {
        (await _server.Http2.GetStringAsync("/about")).ShouldBe("HTTP/2 http");
        (await _server.Http1.GetStringAsync("/about")).ShouldBe("HTTP/1.1 http");
        (await _server.Http2.GetStringAsync("/about")).ShouldBe("HTTP/2 http");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(23)]
    public async Task Preface_InTwoPieces_IsHttp2(int split)
    {
        var first = await ReplyAsync(Preface[..split], [.. Preface[split..], .. EmptySettings]);
        first[3].ShouldBe((byte)4, "the reply begins with a SETTINGS frame");
    }

    [Fact]
    public async Task Preface_ByteByByte_IsHttp2()
    {
        var first = await ReplyAsync([.. Preface.Concat(EmptySettings).Select(b => new[] { b })]);
        first[3].ShouldBe((byte)4);
    }

    [Theory]
    [InlineData("P", "OST /about HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 405")]
    [InlineData("PR", "OPFIND /about HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 405")]
    [InlineData("G", "ET /about HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200")]
    [InlineData("PRI", " /about HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 405")]
    public async Task Http1_InTwoPieces_IsHttp1(string first, string second, string reply)
    {
        var bytes = await ReplyAsync(Encoding.ASCII.GetBytes(first), Encoding.ASCII.GetBytes(second));
        Encoding.ASCII.GetString(bytes).ShouldStartWith(reply);
    }

    [Fact]
    public async Task Stop_WithSilentConnection_DoesNotWait()
    {
        using var socket = await ConnectAsync();
        // The second connection is accepted after the first, so the server knows the silent one now.
        await _server.Http1.GetStringAsync("/about");
        await _server.DisposeAsync();
        // A closed or a reset connection: either way it did not outlive the server.
        try
        {
            (await socket.ReceiveAsync(new byte[1])).ShouldBe(0);
        }
        catch (SocketException e)
        {
            e.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _server.Url.Port);
        return socket;
    }

    /// <summary>Sends the pieces one by one and returns the first twelve bytes of the reply.</summary>
    private async Task<byte[]> ReplyAsync(params byte[][] pieces)
    {
        using var socket = await ConnectAsync();
        foreach (var piece in pieces)
        {
            await socket.SendAsync(piece);
            // A request on another connection: the server has had its turn, so pieces seldom arrive together.
            await _server.Http1.GetStringAsync("/about");
        }
        var reply = new byte[12];
        using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(reply);
        return reply;
    }
}
