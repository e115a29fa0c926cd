using System.Buffers;

namespace Kagari.Server.Rpc;

/// <summary>A response that writes itself, for results too large to be built as protobuf objects first.</summary>
internal interface IRpcFastMessage
{
    /// <summary>Writes the message as protobuf.</summary>
    void WriteProto(IBufferWriter<byte> output);

    /// <summary>Writes the message as protobuf JSON (see Kagari.Wire.Json.ProtoJson for the mapping).</summary>
    void WriteJson(IBufferWriter<byte> output);
}
