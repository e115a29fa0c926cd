using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kagari.Workload;

/// <summary>Two methods that share the processor 70 to 30.</summary>
internal static class Calculation
{
    private static double s_sum;

    /// <summary>Slices of time, so that the shares do not depend on what else the machine does.</summary>
    public static void Run(TimeSpan duration)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < duration;)
        {
            Seventy(TimeSpan.FromMilliseconds(7));
            Thirty(TimeSpan.FromMilliseconds(3));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Seventy(TimeSpan slice)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < slice;) s_sum += Burn();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Thirty(TimeSpan slice)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < slice;) s_sum += Burn();
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static double Burn()
    {
        var sum = 0.0;
        for (var i = 1; i < 20_000; i++) sum += 1.0 / i;
        return sum;
    }
}
