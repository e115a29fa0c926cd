using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Variable-length numbers (LEB128, 7 bits a byte, low bits first) and fixed ones into a byte list.</summary>
internal static class VarintWriter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddVarint(ref this FlatList<byte> output, ulong value)
    {
        if (value < 0x80)
        {
            output.Add((byte)value);
            return;
        }
        AddLong(ref output, value);
    }

    public static void AddVarint(ref this FlatList<byte> output, int value) => output.AddVarint((ulong)(uint)value);

    /// <summary>Small numbers of either sign stay short: 0, −1, 1, −2 … become 0, 1, 2, 3 …</summary>
    public static void AddZigZag(ref this FlatList<byte> output, long value) =>
        output.AddVarint((ulong)((value << 1) ^ (value >> 63)));

    public static void AddUInt32(ref this FlatList<byte> output, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(output.Extend(4), value);

    public static void AddUInt64(ref this FlatList<byte> output, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(output.Extend(8), value);

    /// <summary>Length, then bytes.</summary>
    public static void AddBytes(ref this FlatList<byte> output, ReadOnlySpan<byte> bytes)
    {
        output.AddVarint(bytes.Length);
        output.AddRange(bytes);
    }

    private static void AddLong(ref FlatList<byte> output, ulong value)
    {
        Span<byte> buffer = stackalloc byte[10];
        var length = 0;
        while (value >= 0x80)
        {
            buffer[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        buffer[length++] = (byte)value;
        output.AddRange(buffer[..length]);
    }
}
