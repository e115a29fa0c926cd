using System.Numerics;

namespace Kagari.Profiles;

/// <summary>Finds the k-th largest of many numbers without sorting or copying them.</summary>
internal static class RankSelect
{
    private const int DigitBits = 11;

    /// <summary>
    /// The <paramref name="rank"/>-th largest value, from 1. At most six passes over the values, whatever they are,
    /// and no copy of them; a tree made by an enemy would make a quickselect quadratic.
    /// </summary>
    public static long Largest(ReadOnlySpan<long> values, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, values.Length);

        // Step 1: bits that all values share need no pass.
        var shared = Key(values[0]);
        ulong differing = 0;
        foreach (var value in values) differing |= Key(value) ^ shared;
        var undecided = 64 - BitOperations.LeadingZeroCount(differing);
        var found = shared & HighBits(undecided);

        // Step 2: digit by digit from the top, count the candidates per digit and walk down to the rank.
        Span<int> counts = stackalloc int[1 << DigitBits];
        while (undecided > 0)
        {
            var width = Math.Min(DigitBits, undecided);
            var decided = HighBits(undecided);
            undecided -= width;
            counts.Clear();
            foreach (var value in values)
                if ((Key(value) & decided) == found) counts[(int)(Key(value) >> undecided) & ((1 << width) - 1)]++;
            var digit = (1 << width) - 1;
            for (; counts[digit] < rank; digit--) rank -= counts[digit];
            found |= (ulong)digit << undecided;
        }
        return (long)(found ^ (1UL << 63));
    }

    /// <summary>Flips the sign bit, so that unsigned order is the order of the signed values.</summary>
    private static ulong Key(long value) => (ulong)value ^ (1UL << 63);

    private static ulong HighBits(int from) => from == 64 ? 0 : ulong.MaxValue << from;
}
