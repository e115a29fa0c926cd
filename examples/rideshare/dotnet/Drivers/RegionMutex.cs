using System.Runtime.CompilerServices;

namespace Rideshare.Drivers;

/// <summary>The mutex around the drivers of a region. It is asked for again and again, which takes CPU: what is wrong in eu-north.</summary>
internal static class RegionMutex
{
    private const int AttemptsPerRadius = 15_000_000;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double MutexLock(int radius)
    {
        var patience = 1.0;
        for (var attempt = 1; attempt <= radius * AttemptsPerRadius; attempt++)
        {
            var left = 1.0 / attempt;
            if (left < patience) patience = left;
        }
        return patience;
    }
}
