using System.Buffers;
using System.Text.Json;
using Kagari.Server.Rpc;

namespace Kagari.Server.Functions;

/// <summary>An answer in one of the formats about functions, as protobuf JSON: 64-bit numbers are text, zeros are left out.</summary>
/// <remarks>Only JSON requests can name these formats (<see cref="FunctionFormat"/>), and JSON is answered with JSON.</remarks>
internal sealed class FunctionMessage(Action<Utf8JsonWriter> write) : IRpcFastMessage
{
    /// <inheritdoc/>
    public void WriteProto(IBufferWriter<byte> output) =>
        throw new InvalidOperationException("BUG: a protobuf request asked for a format that protobuf requests cannot name.");

    /// <inheritdoc/>
    public void WriteJson(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, FunctionResponse.JsonOptions);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
}
