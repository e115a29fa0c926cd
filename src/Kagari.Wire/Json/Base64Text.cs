using System.Buffers;
using System.Buffers.Text;

namespace Kagari.Wire.Json;

/// <summary>Base64 as clients send it: either alphabet, with or without padding.</summary>
internal static class Base64Text
{
    /// <summary>Bytes that <see cref="TryDecode"/> needs at most for so much text.</summary>
    public static int DecodedBytesMax(int textLength) => ((textLength + 3) / 4 * 3) + 3;

    /// <summary>Decodes into <paramref name="output"/>, which has at least <see cref="DecodedBytesMax"/> bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> output, out int written)
    {
        // Nearly all clients write the standard alphabet with padding: one vectorized pass.
        if (Base64.DecodeFromUtf8(text, output, out _, out written) == OperationStatus.Done) return true;
        return TryDecodeOther(text, output, out written);
    }

    private static bool TryDecodeOther(ReadOnlySpan<byte> text, Span<byte> output, out int written)
    {
        var digits = text.TrimEnd((byte)'=');
        var buffer = ArrayPool<byte>.Shared.Rent(digits.Length + 3);
        var length = digits.Length;
        digits.CopyTo(buffer);
        buffer.AsSpan(0, length).Replace((byte)'-', (byte)'+');
        buffer.AsSpan(0, length).Replace((byte)'_', (byte)'/');
        while (length % 4 != 0) buffer[length++] = (byte)'=';
        var status = Base64.DecodeFromUtf8(buffer.AsSpan(0, length), output, out _, out written);
        ArrayPool<byte>.Shared.Return(buffer);
        return status == OperationStatus.Done;
    }
}
