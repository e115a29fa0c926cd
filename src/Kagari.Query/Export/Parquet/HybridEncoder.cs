using System.Numerics;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Parquet's hybrid of runs and packed bits, for levels and for indexes into a dictionary.</summary>
/// <remarks>
/// Specification: apache/parquet-format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)".
/// <code>
/// run      varint(count &lt;&lt; 1)        value in whole bytes, low byte first
/// packed   varint(groups &lt;&lt; 1 | 1)   groups of 8 values, each <c>width</c> bits, low bits first
/// </code>
/// Only the last packed run may end within a group; it is filled up with zeros.
/// </remarks>
internal static class HybridEncoder
{
    /// <summary>Values of a group, and the shortest run that is written as one.</summary>
    private const int Group = 8;

    /// <summary>Bits for values from 0 to <paramref name="max"/>; at least one, since some readers know no width of 0.</summary>
    public static int WidthOf(int max) => Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)max));

    /// <summary>Appends the values, all of which fit <paramref name="width"/> bits.</summary>
    public static void Encode(ReadOnlySpan<int> values, int width, ref FlatList<byte> output)
    {
        var packedStart = 0;
        for (var i = 0; i < values.Length;)
        {
            // Looked at only where a group may begin, so what is packed before a run is whole groups.
            var run = values[i..].IndexOfAnyExcept(values[i]) is >= 0 and var end ? end : values.Length - i;
            if (run < Group)
            {
                i += Group;
                continue;
            }
            Pack(values[packedStart..i], width, ref output);
            output.AddVarint((ulong)run << 1);
            for (var bits = 0; bits < width; bits += 8) output.Add((byte)(values[i] >> bits));
            packedStart = i += run;
        }
        Pack(values[packedStart..], width, ref output);
    }

    private static void Pack(ReadOnlySpan<int> values, int width, ref FlatList<byte> output)
    {
        if (values.IsEmpty) return;
        var groups = (values.Length + Group - 1) / Group;
        output.AddVarint(((ulong)groups << 1) | 1);
        var bytes = output.Extend(groups * width);
        ulong pending = 0;
        var (bits, at) = (0, 0);
        foreach (var value in values)
        {
            pending |= (ulong)(uint)value << bits;
            for (bits += width; bits >= 8; bits -= 8, pending >>= 8) bytes[at++] = (byte)pending;
        }
        if (bits > 0) bytes[at++] = (byte)pending;
        bytes[at..].Clear();
    }
}
