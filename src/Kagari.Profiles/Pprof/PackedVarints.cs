using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kagari.Profiles;

/// <summary>Decodes runs of protobuf varints: nine tenths of a profile's bytes.</summary>
/// <remarks>
/// Location ids take one or two bytes in no order that a branch predictor could learn, so a loop that asks byte by byte
/// mispredicts on every other number. Eight bytes at a time there is nothing to guess: one PEXT squeezes out the
/// seven-bit groups, the stop bits tell where numbers end, and always eight numbers are written, of which as many count
/// as there are stop bits.
/// <code>
/// word    c2 01 | 07 | 9a 03 | 5f ...     stops = bytes without the top bit
/// PEXT    all seven-bit groups, low first  value = groups[start..end)
/// </code>
/// Safety of the unchecked writes: the target has <see cref="Slack"/> elements more than the input has bytes, and a
/// number takes a byte at least. <see cref="DecodePlain"/> is the plain twin; a seeded test holds them equal.
/// </remarks>
internal static class PackedVarints
{
    /// <summary>How many elements a target must have beyond one per byte of input.</summary>
    public const int Slack = 8;

    private const ulong StopBits = 0x8080808080808080, GroupBits = 0x7f7f7f7f7f7f7f7f;

    /// <summary>Decodes the numbers in <paramref name="data"/>[from..to]; −1 where one is cut or too long.</summary>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decode(ReadOnlySpan<byte> data, int from, int to, Span<ulong> target)
    {
        Check(data, from, to, target.Length);
        var count = Bmi2.X64.IsSupported ? DecodeWords(data, from, to, target) : -1;
        return count >= 0 ? count : DecodePlain(data[from..to], target);
    }

    /// <summary>The same where all numbers fit 31 bits; −1 where one may not: <see cref="Decode"/> tells.</summary>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DecodeInt32(ReadOnlySpan<byte> data, int from, int to, Span<int> target)
    {
        Check(data, from, to, target.Length);
        return Bmi2.X64.IsSupported ? DecodeWordsInt32(data, from, to, target) : -1;
    }

    /// <summary>Byte by byte.</summary>
    public static int DecodePlain(ReadOnlySpan<byte> packed, Span<ulong> target)
    {
        var count = 0;
        for (var at = 0; at < packed.Length;)
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                if ((uint)at >= (uint)packed.Length || shift == 70) return -1;
                var b = packed[at++];
                value |= (b & 0x7ful) << shift;
                if (b >= 0x80) continue;
                if (shift == 63 && b > 1) return -1;
                break;
            }
            target[count++] = value;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(ReadOnlySpan<byte> data, int from, int to, int room)
    {
        if ((uint)from > (uint)to || (uint)to > (uint)data.Length || room < to - from + Slack)
            throw new ArgumentException($"BUG: {room} elements for bytes {from}..{to} of {data.Length}.", nameof(room));
    }

    /// <summary>The eight bytes at a position; zeros behind the end of the data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ReadOnlySpan<byte> data, int at)
    {
        if (data.Length - at >= 8) return Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(data), at));
        ulong word = 0;
        for (var i = data.Length - 1; i >= at; i--) word = (word << 8) | data[i];
        return word;
    }

    private static int DecodeWords(ReadOnlySpan<byte> data, int from, int to, Span<ulong> target)
    {
        ref var output = ref MemoryMarshal.GetReference(target);
        var count = 0;
        for (var at = from; at < to;)
        {
            var word = Load(data, at);
            var stops = ~word & StopBits;
            if (to - at < 8) stops = Bmi2.X64.ZeroHighBits(stops, (ulong)(to - at) * 8);
            // No end within eight bytes: a negative number, or a cut one.
            if (stops == 0) return -1;
            var groups = Bmi2.X64.ParallelBitExtract(word, GroupBits);
            at += 8 - (BitOperations.LeadingZeroCount(stops) >> 3);
            var numbers = BitOperations.PopCount(stops);
            var start = 0;
            for (var i = 0; i < 8; i++)
            {
                var end = ((BitOperations.TrailingZeroCount(stops) + 1) >> 3) * 7;
                Unsafe.Add(ref output, count + i) = Bmi2.X64.ZeroHighBits(groups, (ulong)end) >> start;
                start = end;
                stops &= stops - 1;
            }
            count += numbers;
        }
        return count;
    }

    /// <summary>Sixteen bytes at a time while all numbers take one or two; stops in front of a longer one or of the rest.</summary>
    /// <remarks>
    /// Every byte gets a lane that holds the number ending there: its seven bits, above those of the byte before if that
    /// one goes on. The lanes of bytes that end a number are compressed to the front. The byte in front of the first
    /// always ends something (a number, or the length of the run), so it needs no care.
    /// </remarks>
    private static int DecodeVectorsInt32(ReadOnlySpan<byte> data, ref int at, int to, ref int output)
    {
        ref var source = ref MemoryMarshal.GetReference(data);
        var count = 0;
        while (to - at >= 16)
        {
            var bytes = Vector128.LoadUnsafe(ref source, (nuint)at);
            var goesOn = bytes.ExtractMostSignificantBits();
            if ((goesOn & (goesOn << 1)) != 0) break;
            var lanes = Avx512F.ConvertToVector512Int32(bytes);
            var before = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref source, (nuint)at - 1));
            var isContinued = Avx512F.ShiftRightArithmetic(Avx512F.ShiftLeftLogical(before, 24), 31);
            var twoBytes = Avx512F.ShiftLeftLogical(lanes, 7) | (before & Vector512.Create(0x7f));
            var values = Vector512.ConditionalSelect(isContinued, twoBytes, lanes);
            var ends = Vector512.LessThan(lanes, Vector512.Create(0x80));
            Avx512F.Compress(Vector512<int>.Zero, ends, values).StoreUnsafe(ref output, (nuint)count);
            count += 16 - BitOperations.PopCount(goesOn);
            // A number cut by the end of the sixteen bytes starts the next round.
            at += 16 - (int)(goesOn >> 15);
        }
        return count;
    }

    private static int DecodeWordsInt32(ReadOnlySpan<byte> data, int from, int to, Span<int> target)
    {
        ref var output = ref MemoryMarshal.GetReference(target);
        var at = from;
        var count = Avx512F.IsSupported && from > 0 ? DecodeVectorsInt32(data, ref at, to, ref output) : 0;
        while (at < to)
        {
            var word = Load(data, at);
            var stops = ~word & StopBits;
            if (to - at < 8)
            {
                // What lies behind the run is none of it.
                word = Bmi2.X64.ZeroHighBits(word, (ulong)(to - at) * 8);
                stops = Bmi2.X64.ZeroHighBits(stops, (ulong)(to - at) * 8);
            }
            // Four tops in a row are a number of five bytes or more: 28 bits fit, more may not.
            var fiveBytes = word & (word >> 8) & (word >> 16) & (word >> 24) & StopBits;
            if (stops == 0 || fiveBytes != 0) return -1;
            var groups = Bmi2.X64.ParallelBitExtract(word, GroupBits);
            at += 8 - (BitOperations.LeadingZeroCount(stops) >> 3);
            var numbers = BitOperations.PopCount(stops);
            var start = 0;
            for (var i = 0; i < 8; i++)
            {
                var end = ((BitOperations.TrailingZeroCount(stops) + 1) >> 3) * 7;
                Unsafe.Add(ref output, count + i) = (int)(Bmi2.X64.ZeroHighBits(groups, (ulong)end) >> start);
                start = end;
                stops &= stops - 1;
            }
            count += numbers;
        }
        return count;
    }
}
