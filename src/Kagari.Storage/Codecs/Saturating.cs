using System.Runtime.CompilerServices;

namespace Kagari.Storage;

/// <summary>Sums that stop at the largest number instead of turning negative.</summary>
internal static class Saturating
{
    /// <summary>The sum of two values that are 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Add(long a, long b)
    {
        var sum = unchecked(a + b);
        return sum < 0 ? long.MaxValue : sum;
    }
}
