using System.Net.Sockets;
using System.Text;

namespace Kagari.Server.Tests.Clients;

/// <summary>Sends bytes as they are over a connection of their own: no client library adds or orders a header.</summary>
internal static class RawExchange
{
    /// <summary>The status, the headers as text, and the body of the answer.</summary>
    public static async Task<(int Status, string Head, byte[] Body)> SendAsync(Uri server, byte[] request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(request);
        using var answer = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (true)
        {
            if (TrySplit(answer.ToArray(), out var head, out var body)) return (int.Parse(head[9..12]), head, body);
            var read = await stream.ReadAsync(buffer);
            if (read == 0) throw new EndOfStreamException($"The server closed after: {Encoding.Latin1.GetString(answer.ToArray())}");
            answer.Write(buffer, 0, read);
        }
    }

    private static bool TrySplit(byte[] answer, out string head, out byte[] body)
    {
        (head, body) = ("", []);
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        head = Encoding.Latin1.GetString(answer, 0, end);
        var rest = answer[(end + 4)..];
        var length = head.Split("\r\n").FirstOrDefault(h => h.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
        {
            body = rest;
            return rest.Length >= int.Parse(length.Split(':')[1]);
        }
        // Chunked: short answers come in one chunk and an empty one.
        if (!Encoding.Latin1.GetString(rest).EndsWith("0\r\n\r\n", StringComparison.Ordinal)) return false;
        body = rest;
        return true;
    }
}
