using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Functions;

/// <summary>Sends answers of <c>/api/v1</c> as JSON or as columns.</summary>
internal static class FunctionResponse
{
    /// <summary>The most a stack can nest in JSON; the writer's own bound of 1,000 is less than a deep stack needs.</summary>
    private const int NestingMax = 1 << 20;

    /// <summary>Bytes from which on compressing is worth it: below, an answer is a few packets either way.</summary>
    private const int CompressedFrom = 16 << 10;

    /// <summary>Function names are full of &lt;, &gt; and &amp;; the content type says JSON, so nothing reads this as HTML.</summary>
    public static JsonWriterOptions JsonOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = NestingMax };

    /// <summary>Whether the client asks for <see cref="ColumnarWriter.MediaType"/> by name.</summary>
    public static bool WantsColumns(HttpContext http) => http.Request.GetTypedHeaders().Accept
        .Any(a => a.MediaType.Equals(ColumnarWriter.MediaType, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);

    public static async Task WriteColumnsAsync(HttpContext http, ColumnarGraph graph)
    {
        using var body = new PooledBuffer();
        ColumnarWriter.Write(graph, body);
        await SendAsync(http, ColumnarWriter.MediaType, body);
    }

    public static async Task WriteJsonAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        using var body = new PooledBuffer();
        await using (var json = new Utf8JsonWriter(body, JsonOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        await SendAsync(http, "application/json", body);
    }

    private static async Task SendAsync(HttpContext http, string type, PooledBuffer body)
    {
        http.Response.ContentType = type;
        http.Response.Headers.Vary = "Accept, Accept-Encoding";
        if (body.Length < CompressedFrom || !AcceptedEncodings.ContainGzip(http.Request.Headers.AcceptEncoding))
        {
            await SendAsync(http, body);
            return;
        }
        using var packed = new PooledBuffer();
        await using (var gzip = new GZipStream(new BufferStream(packed), CompressionLevel.Fastest)) gzip.Write(body.WrittenMemory.Span);
        http.Response.Headers.ContentEncoding = "gzip";
        await SendAsync(http, packed);
    }

    private static async Task SendAsync(HttpContext http, PooledBuffer body)
    {
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }
}
