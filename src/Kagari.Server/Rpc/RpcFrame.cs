using System.Buffers.Binary;

namespace Kagari.Server.Rpc;

/// <summary>The five bytes before each message of gRPC and gRPC-Web.</summary>
/// <remarks>
/// <code>
/// byte 0       1..4
/// flags        length, big endian
///   0x01 compressed
///   0x80 trailers (gRPC-Web, responses only)
/// </code>
/// </remarks>
internal static class RpcFrame
{
    public const int HeaderSize = 5;
    public const byte Compressed = 0x01;
    public const byte Trailers = 0x80;

    public static void Write(Span<byte> header, byte flags, int length)
    {
        header[0] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
    }

    public static uint ReadLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
}
