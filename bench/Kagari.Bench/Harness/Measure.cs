using System.Diagnostics;

namespace Kagari.Bench.Harness;

/// <summary>Times work against a floor in the same run: rounds alternate, the best of each counts, so drift of a shared machine cancels.</summary>
internal static class Measure
{
    /// <summary>Best seconds of each action over alternating rounds; the first rounds only warm up.</summary>
    public static double[] Best(int rounds, params Action[] actions)
    {
        var best = new double[actions.Length];
        Array.Fill(best, double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < actions.Length; i++)
            {
                var started = Stopwatch.GetTimestamp();
                actions[i]();
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                if (round >= rounds / 4) best[i] = Math.Min(best[i], seconds);
            }
        }
        return best;
    }

    /// <summary>Bytes that an action allocates on this thread, warm.</summary>
    public static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public static double Percentile(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
