using System.Runtime.CompilerServices;

namespace Kagari.Profiles;

/// <summary>Sums that stop at the ends of 64 bits instead of wrapping around.</summary>
/// <remarks>
/// Honest values never get there (2^63 ns are 292 years of CPU time), but one client must not be able to turn the
/// totals of all others negative.
/// </remarks>
public static class Saturating
{
    /// <summary>The sum, or the end of the range that it lies beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Add(long a, long b)
    {
        var sum = unchecked(a + b);
        // Wrapped exactly if both have the sign that the sum lacks.
        return ((a ^ sum) & (b ^ sum)) >= 0 ? sum : a < 0 ? long.MinValue : long.MaxValue;
    }
}
