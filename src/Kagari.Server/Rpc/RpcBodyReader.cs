using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Rpc;

/// <summary>Reads a request into one pooled buffer, decompressed and without frame, and never more than the limit.</summary>
internal static class RpcBodyReader
{
    /// <summary>A client's Content-Length is only a claim: at most this much is rented before bytes arrive.</summary>
    private const int ClaimedBytesMax = 1 << 20;

    /// <summary>
    /// A body that inflates beyond the first number of bytes must not be this many times its compressed size: a
    /// megabyte of zeros, compressed, would else fill memory up to the limit. Profiles reach 10, text of profiles 30.
    /// </summary>
    private const int InflateFreeBytes = 8 << 20, InflateRatioMax = 200;

    /// <exception cref="RpcException">Too large, not gzip, a broken frame, an unknown encoding.</exception>
    public static async ValueTask<RpcBody> ReadAsync(RpcContext call, RpcOptions options, CancellationToken cancel)
    {
        var request = call.HttpContext.Request;
        if (request.ContentLength > options.BodyBytesMax) throw TooLarge("request body", request.ContentLength, options);
        var body = call.Protocol == RpcProtocol.Connect
            ? await ReadConnectAsync(request, call.IsJson, options, cancel)
            : await ReadFramedAsync(request, call.IsJson, options, cancel);
        if (!call.IsJson || !body.Bytes.IsEmpty) return body;
        body.Dispose();
        throw new RpcException(RpcCode.InvalidArgument, "The request body is empty; expected a JSON object ({} is the empty message).");
    }

    private static async ValueTask<RpcBody> ReadConnectAsync(HttpRequest request, bool isJson, RpcOptions options, CancellationToken cancel)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        var buffer = new PooledBuffer((int)Math.Min(request.ContentLength ?? 0, ClaimedBytesMax));
        try
        {
            if (IsGzip(encoding)) await InflateAsync(request.Body, buffer, options, cancel);
            else await ReadAllAsync(request.Body, buffer, "request body", options, cancel);
            return new RpcBody(buffer, 0, isJson);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static async ValueTask<RpcBody> ReadFramedAsync(HttpRequest request, bool isJson, RpcOptions options, CancellationToken cancel)
    {
        var encoding = request.Headers["grpc-encoding"].ToString();
        var gzip = IsGzip(encoding);
        var buffer = new PooledBuffer((int)Math.Min(request.ContentLength ?? 0, ClaimedBytesMax));
        try
        {
            // The whole body first: a unary request is one frame, so nothing is gained by reading it in parts.
            await ReadAllAsync(request.Body, buffer, "request body", options with { BodyBytesMax = options.BodyBytesMax + RpcFrame.HeaderSize }, cancel);
            CheckFrame(buffer.WrittenMemory.Span, gzip, out var compressed);
            if (!compressed) return new RpcBody(buffer, RpcFrame.HeaderSize, isJson);
            var inflated = new PooledBuffer(buffer.Length);
            try
            {
                using var input = new MemoryView(buffer.WrittenMemory[RpcFrame.HeaderSize..]);
                await InflateAsync(input, inflated, options, cancel);
            }
            catch
            {
                inflated.Dispose();
                throw;
            }
            buffer.Dispose();
            return new RpcBody(inflated, 0, isJson);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static void CheckFrame(ReadOnlySpan<byte> body, bool gzip, out bool compressed)
    {
        compressed = false;
        if (body.Length == 0) throw new RpcException(RpcCode.Unimplemented, "The request has no message; expected one.");
        if (body.Length < RpcFrame.HeaderSize) throw new RpcException(RpcCode.InvalidArgument, $"The frame header has {body.Length} bytes; expected {RpcFrame.HeaderSize}.");
        var length = RpcFrame.ReadLength(body);
        var rest = (uint)(body.Length - RpcFrame.HeaderSize);
        if (length > rest) throw new RpcException(RpcCode.InvalidArgument, $"The frame promises {length} bytes; {rest} arrived.");
        if (length < rest) throw new RpcException(RpcCode.Unimplemented, "The request has several messages; expected one.");
        compressed = (body[0] & RpcFrame.Compressed) != 0;
        if ((body[0] & ~RpcFrame.Compressed) != 0) throw new RpcException(RpcCode.InvalidArgument, $"The frame has flags 0x{body[0]:x2}; expected 0x00 or 0x01.");
        if (compressed && !gzip) throw new RpcException(RpcCode.Internal, "The frame is marked as compressed, but header grpc-encoding names no compression.");
    }

    private static bool IsGzip(string encoding)
    {
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return false;
        if (encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)) return true;
        throw new RpcException(RpcCode.Unimplemented, $"unknown compression \"{encoding}\": supported encodings are gzip");
    }

    private static async ValueTask InflateAsync(Stream body, PooledBuffer output, RpcOptions options, CancellationToken cancel)
    {
        await using var source = new GzipSource(body, options);
        await using var gunzip = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            await ReadAllAsync(gunzip, output, "decompressed request body", options, cancel, source);
            if (!source.IsWhole(output.WrittenMemory.Span)) throw new InvalidDataException("The gzip stream ends early.");
        }
        catch (InvalidDataException e)
        {
            throw new RpcException(RpcCode.InvalidArgument, "The request body is not valid gzip, or ends early.", e);
        }
    }

    private static async ValueTask ReadAllAsync(Stream source, PooledBuffer output, string what, RpcOptions options, CancellationToken cancel, GzipSource? compressed = null)
    {
        while (true)
        {
            var read = await source.ReadAsync(output.GetMemory(), cancel);
            if (read == 0) return;
            output.Advance(read);
            if (output.Length > options.BodyBytesMax) throw TooLarge(what, null, options);
            if (compressed is not null && output.Length > InflateFreeBytes && output.Length > compressed.Bytes * InflateRatioMax)
            {
                throw new RpcException(RpcCode.InvalidArgument,
                    $"The request body inflates to more than {InflateRatioMax} times its size; bodies of more than {InflateFreeBytes} bytes may not.");
            }
        }
    }

    internal static RpcException TooLarge(string what, long? bytes, RpcOptions options) => new(
        RpcCode.InvalidArgument,
        $"The {what} has {(bytes is { } b ? $"{b}" : "more")} bytes; the limit is {options.BodyBytesMax} (setting {options.BodyLimitSetting}).")
    { IsTooLarge = true };
}
