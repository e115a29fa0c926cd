using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>The body of a plain HTTP upload in a pooled buffer.</summary>
internal sealed class IngestBody : IDisposable
{
    /// <summary>A client's Content-Length is only a claim: at most this much is rented before bytes arrive.</summary>
    private const int ClaimedBytesMax = 1 << 20;

    private readonly PooledBuffer _buffer;

    private IngestBody(PooledBuffer buffer) => _buffer = buffer;

    /// <summary>The bytes; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.WrittenMemory;

    /// <exception cref="IngestFailure">413: it is too large; 408: it did not arrive.</exception>
    public static async Task<IngestBody> ReadAsync(HttpRequest request, long bytesMax, CancellationToken cancellation)
    {
        if (bytesMax > 0 && request.ContentLength > bytesMax) throw TooLarge(request.ContentLength, bytesMax);
        var buffer = new PooledBuffer((int)Math.Min(request.ContentLength ?? 0, ClaimedBytesMax));
        try
        {
            while (await request.Body.ReadAsync(buffer.GetMemory(), cancellation) is var read and > 0)
            {
                buffer.Advance(read);
                if (bytesMax > 0 && buffer.Length > bytesMax) throw TooLarge(null, bytesMax);
            }
            return new IngestBody(buffer);
        }
        catch (BadHttpRequestException e)
        {
            buffer.Dispose();
            throw new IngestFailure(e.StatusCode == 413 ? 413 : StatusCodes.Status408RequestTimeout, $"the request body could not be read: {e.Message}");
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    public void Dispose() => _buffer.Dispose();

    private static IngestFailure TooLarge(long? bytes, long limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        $"request body too large: {(bytes is { } b ? $"{b}" : $"more than {limit}")} bytes; the limit is {limit} (setting ingestion_body_limit_mb)");
}
