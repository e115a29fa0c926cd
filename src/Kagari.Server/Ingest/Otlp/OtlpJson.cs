using Google.Protobuf;
using Kagari.Server.Rpc;
using Kagari.Wire.Otlp;

namespace Kagari.Server.Ingest.Otlp;

/// <summary>The JSON form of a request, which few send: read as messages and written as the bytes that the reader knows.</summary>
internal static class OtlpJson
{
    /// <exception cref="RpcException">The body is no such JSON.</exception>
    public static byte[] ToProto(RpcBody body)
    {
        var request = RpcEndpoints.Decode<ExportProfilesServiceRequest>(body);
        if (request.Dictionary is { } dictionary)
        {
            foreach (var link in dictionary.LinkTable)
            {
                link.TraceId = Id(link.TraceId, 16);
                link.SpanId = Id(link.SpanId, 8);
            }
        }
        return request.ToByteArray();
    }

    /// <summary>
    /// OpenTelemetry writes ids in hexadecimal where protobuf's JSON has base64, and some libraries keep to protobuf's.
    /// Digits of one read as the other give half as many bytes again, so the length tells which it was.
    /// </summary>
    private static ByteString Id(ByteString read, int length)
    {
        if (read.Length != length * 3 / 2) return read;
        var id = new byte[length];
        return Convert.FromHexString(read.ToBase64(), id, out _, out _) == System.Buffers.OperationStatus.Done ? UnsafeByteOperations.UnsafeWrap(id) : read;
    }
}
