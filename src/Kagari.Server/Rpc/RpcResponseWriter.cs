using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Kagari.Wire.Json;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Rpc;

/// <summary>Writes the response or the error of one call in its protocol.</summary>
/// <remarks>A response is complete in a buffer before its first byte leaves, so a failing writer still becomes an error.</remarks>
internal static class RpcResponseWriter
{
    /// <summary>What is handed to the connection at a time; a slow client holds no second copy of a large response.</summary>
    private const int ChunkBytes = 128 << 10;

    public static async ValueTask WriteAsync(RpcContext call, RpcContentType type, object message, RpcOptions options, CancellationToken cancel)
    {
        var framed = type.Protocol != RpcProtocol.Connect;
        var header = framed ? RpcFrame.HeaderSize : 0;
        using var plain = Serialize(message, type.IsJson, header);
        using var packed = plain.Length - header >= options.CompressBytesMin && WantsGzip(call) ? Compress(plain.WrittenMemory.Span[header..], header) : null;
        var output = packed ?? plain;

        var response = call.HttpContext.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = type.Name;
        if (!framed)
        {
            response.Headers.AcceptEncoding = "gzip";
            if (packed is not null) response.Headers.ContentEncoding = "gzip";
            response.ContentLength = output.Length;
            await WriteAsync(response, output.WrittenMemory, cancel);
            return;
        }

        RpcFrame.Write(output.WrittenSpan, packed is null ? (byte)0 : RpcFrame.Compressed, output.Length - header);
        response.Headers["grpc-accept-encoding"] = "identity,gzip";
        if (packed is not null) response.Headers["grpc-encoding"] = "gzip";
        if (type.Protocol == RpcProtocol.GrpcWeb)
        {
            WriteTrailerFrame(output, "grpc-status: 0\r\n");
            await WriteAsync(response, output.WrittenMemory, cancel);
            return;
        }
        await WriteAsync(response, output.WrittenMemory, cancel);
        response.AppendTrailer("grpc-status", "0");
    }

    public static async ValueTask WriteErrorAsync(RpcContext call, RpcContentType type, RpcException error)
    {
        var response = call.HttpContext.Response;
        response.Headers.ContentEncoding = default;
        using var output = new PooledBuffer();
        switch (type.Protocol)
        {
            case RpcProtocol.Connect:
                response.StatusCode = error.Code.HttpStatus();
                response.ContentType = "application/json";
                response.Headers.AcceptEncoding = "gzip";
                WriteErrorJson(output, error.Code, error.Message);
                response.ContentLength = output.Length;
                break;
            case RpcProtocol.Grpc:
                response.StatusCode = StatusCodes.Status200OK;
                response.ContentType = type.Name;
                response.ContentLength = null;
                response.Headers["grpc-accept-encoding"] = "identity,gzip";
                response.AppendTrailer("grpc-status", Number(error.Code));
                response.AppendTrailer("grpc-message", PercentEncode(Shorten(error.Message)));
                break;
            default:
                response.StatusCode = StatusCodes.Status200OK;
                response.ContentType = type.Name;
                response.Headers["grpc-accept-encoding"] = "identity,gzip";
                WriteTrailerFrame(output, $"grpc-status: {Number(error.Code)}\r\ngrpc-message: {PercentEncode(Shorten(error.Message))}\r\n");
                response.ContentLength = output.Length;
                break;
        }
        await WriteAsync(response, output.WrittenMemory, call.HttpContext.RequestAborted);
    }

    /// <summary>Messages quote what the client sent, which may be megabytes; trailers of gRPC hold a few kilobytes.</summary>
    private const int MessageCharsMax = 2048;

    /// <summary>A message that fits into every protocol's error.</summary>
    internal static string Shorten(string message)
    {
        if (message.Length <= MessageCharsMax) return message;
        var end = char.IsHighSurrogate(message[MessageCharsMax - 1]) ? MessageCharsMax - 1 : MessageCharsMax;
        return $"{message.AsSpan(0, end)}… ({message.Length - end} more characters)";
    }

    /// <summary><c>{"code":"…","message":"…"}</c>, the error body of Connect and of the plain HTTP handlers.</summary>
    public static void WriteErrorJson(IBufferWriter<byte> output, RpcCode code, string message)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("code"u8, code.Name());
        json.WriteString("message"u8, Shorten(message));
        json.WriteEndObject();
    }

    /// <summary>A response that cannot be sent any more still gets its status, for the access log.</summary>
    public static void TrySetStatus(this HttpResponse response, int status)
    {
        if (!response.HasStarted) response.StatusCode = status;
    }

    private static PooledBuffer Serialize(object message, bool isJson, int header)
    {
        var size = message is IMessage known && !isJson ? known.CalculateSize() : 0;
        var buffer = new PooledBuffer(size + header);
        try
        {
            buffer.GetSpan(header)[..header].Clear();
            buffer.Advance(header);
            switch (message)
            {
                case IRpcFastMessage fast when isJson: fast.WriteJson(buffer); break;
                case IRpcFastMessage fast: fast.WriteProto(buffer); break;
                case IMessage m when isJson: ProtoJson.Write(m, buffer); break;
                case IMessage m: m.WriteTo(buffer); break;
                default: throw new InvalidOperationException($"BUG: {message.GetType()} is neither a protobuf message nor an IRpcFastMessage.");
            }
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static PooledBuffer Compress(ReadOnlySpan<byte> plain, int header)
    {
        var buffer = new PooledBuffer((plain.Length / 3) + header);
        buffer.GetSpan(header)[..header].Clear();
        buffer.Advance(header);
        using (var gzip = new GZipStream(new BufferStream(buffer), CompressionLevel.Fastest)) gzip.Write(plain);
        return buffer;
    }

    private static bool WantsGzip(RpcContext call)
    {
        var headers = call.HttpContext.Request.Headers;
        return AcceptedEncodings.ContainGzip(call.Protocol == RpcProtocol.Connect ? headers.AcceptEncoding : headers["grpc-accept-encoding"]);
    }

    private static void WriteTrailerFrame(PooledBuffer output, string trailers)
    {
        var length = Encoding.ASCII.GetByteCount(trailers);
        var span = output.GetSpan(RpcFrame.HeaderSize + length);
        RpcFrame.Write(span, RpcFrame.Trailers, length);
        Encoding.ASCII.GetBytes(trailers, span[RpcFrame.HeaderSize..]);
        output.Advance(RpcFrame.HeaderSize + length);
    }

    private static async ValueTask WriteAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        for (var start = 0; start < bytes.Length; start += ChunkBytes)
            await response.BodyWriter.WriteAsync(bytes[start..Math.Min(bytes.Length, start + ChunkBytes)], cancel);
    }

    private static string Number(RpcCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);

    /// <summary>gRPC over HTTP/2, "Responses": printable ASCII stays, but for the percent sign.</summary>
    internal static string PercentEncode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7e and not (byte)'%') text.Append((char)b);
            else text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
