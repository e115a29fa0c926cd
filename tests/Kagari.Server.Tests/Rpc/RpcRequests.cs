using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Kagari.Server.Rpc;

namespace Kagari.Server.Tests.Rpc;

/// <summary>Requests of the three protocols, byte by byte, so that tests can break each byte.</summary>
internal static class RpcRequests
{
    public static HttpRequestMessage Post(string path, byte[] body, string? contentType)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null) content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    public static HttpRequestMessage Json(string path, string json, string contentType = "application/json") =>
        Post(path, Encoding.UTF8.GetBytes(json), contentType);

    public static HttpRequestMessage Proto(string path, IMessage message) => Post(path, message.ToByteArray(), "application/proto");

    public static HttpRequestMessage Framed(string path, byte[] body, string contentType)
    {
        var request = Post(path, body, contentType);
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return request;
    }

    public static HttpRequestMessage With(this HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public static byte[] Frame(byte[] message, byte flags = 0)
    {
        var frame = new byte[RpcFrame.HeaderSize + message.Length];
        RpcFrame.Write(frame, flags, message.Length);
        message.CopyTo(frame, RpcFrame.HeaderSize);
        return frame;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal)) gzip.Write(bytes);
        return output.ToArray();
    }

    public static byte[] Gunzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var output = new MemoryStream();
        gzip.CopyTo(output);
        return output.ToArray();
    }

    public static async Task<string> ReadAsync(this Task<HttpResponseMessage> call)
    {
        using var response = await call;
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {await response.Content.ReadAsStringAsync()}";
    }
}
