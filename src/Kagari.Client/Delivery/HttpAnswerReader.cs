using System.Globalization;
using System.Text;

namespace Kagari.Client.Delivery;

/// <summary>Reads answers of HTTP/1.1 (RFC 9112): status line, headers, and a body with a length, in chunks, or to the end.</summary>
/// <remarks>Total: any bytes give an answer or an exception of those below, in bounded memory. Time is the stream's concern.</remarks>
internal sealed class HttpAnswerReader(Stream stream)
{
    /// <summary>Bytes of all lines of an answer together, and of its body that are kept; real ones have a few hundred.</summary>
    public const int HeadBytesMax = 64 << 10, BodyBytesMax = 64 << 10;

    private readonly byte[] _buffer = new byte[4 << 10];
    private int _at;
    private int _end;
    private int _headLeft = HeadBytesMax;

    /// <summary>Whether the server sent anything.</summary>
    public bool HasBegun { get; private set; }

    /// <exception cref="InvalidDataException">This is no HTTP.</exception>
    /// <exception cref="EndOfStreamException">The connection ended within the answer.</exception>
    /// <param name="hasBody">False for the answer to CONNECT.</param>
    public HttpAnswer Read(bool hasBody = true)
    {
        while (true)
        {
            var (status, isOld) = ReadStatus();
            var headers = ReadHeaders();
            if (status is >= 100 and < 200) continue; // interim: the answer itself follows
            var isWhole = !isOld && !headers.GetValueOrDefault("connection", "").Contains("close", StringComparison.OrdinalIgnoreCase);
            var body = new MemoryStream();
            if (hasBody && status is not (204 or 304)) isWhole &= ReadBody(headers, body);
            return new HttpAnswer(status, headers, Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), isWhole);
        }
    }

    private (int Status, bool IsOld) ReadStatus()
    {
        var line = ReadLine();
        // HTTP/1.1 200 OK
        if (line.Length < 12 || !line.StartsWith("HTTP/1.", StringComparison.Ordinal) || line[8] != ' '
            || !int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status < 100)
            throw new InvalidDataException($"The answer is not HTTP/1.1: it begins with '{Printable(line)}'.");
        return (status, line[7] == '0');
    }

    private Dictionary<string, string> ReadHeaders()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            if (colon > 0) headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }
        return headers;
    }

    /// <summary>Whether the body ended where it said and was not too long to be read to its end.</summary>
    private bool ReadBody(Dictionary<string, string> headers, MemoryStream body)
    {
        if (headers.TryGetValue("transfer-encoding", out var coding)) return coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? ReadChunks(body) : ReadToEnd(body);
        if (!headers.TryGetValue("content-length", out var text)) return ReadToEnd(body);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) throw new InvalidDataException($"The answer has a Content-Length of '{Printable(text)}'.");
        return Copy(length, body);
    }

    private bool ReadChunks(MemoryStream body)
    {
        while (true)
        {
            var line = ReadLine().Split(';')[0].Trim();
            if (!int.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
                throw new InvalidDataException($"The answer has a chunk of length '{Printable(line)}'.");
            if (length == 0) break;
            if (!Copy(length, body)) return false;
            if (ReadLine().Length > 0) throw new InvalidDataException("A chunk of the answer is longer than it says.");
        }
        while (ReadLine().Length > 0)
        {
            // Trailers say nothing that uploads need.
        }
        return true;
    }

    private bool ReadToEnd(MemoryStream body)
    {
        while (body.Length < BodyBytesMax && (_at < _end || Fill())) Take(int.MaxValue, body);
        return false;
    }

    private bool Copy(long length, MemoryStream body)
    {
        while (length > 0)
        {
            if (body.Length >= BodyBytesMax) return false;
            if (_at == _end && !Fill()) throw new EndOfStreamException("The connection ended within the answer.");
            length -= Take(length, body);
        }
        return true;
    }

    private int Take(long most, MemoryStream body)
    {
        var count = (int)Math.Min(Math.Min(most, _end - _at), BodyBytesMax - body.Length);
        body.Write(_buffer, _at, count);
        _at += count;
        return count;
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_at == _end && !Fill()) throw new EndOfStreamException(HasBegun ? "The connection ended within the answer." : "The connection ended without an answer.");
            if (--_headLeft < 0) throw new InvalidDataException($"The answer has more than {HeadBytesMax} bytes of headers.");
            var b = _buffer[_at++];
            if (b == '\n') break;
            line.Append((char)b);
        }
        if (line.Length > 0 && line[^1] == '\r') line.Length--;
        return line.ToString();
    }

    private bool Fill()
    {
        _at = 0;
        _end = stream.Read(_buffer);
        HasBegun |= _end > 0;
        return _end > 0;
    }

    private static string Printable(string text) => new([.. text.Take(40).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
