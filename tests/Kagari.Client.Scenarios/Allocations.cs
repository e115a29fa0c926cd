using System.Runtime.CompilerServices;

namespace Kagari.Client.Scenarios;

/// <summary>Objects of all sizes.</summary>
internal static class Allocations
{
    private static byte[]? s_kept;

    /// <summary>Small, middle and large ones, from four threads.</summary>
    public static void All(Run run)
    {
        using var session = run.Start(ProfileKinds.Allocations);
        run.Upload(session, "start");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var threads = new Thread[4];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work);
            threads[i].Start();
        }
        foreach (var thread in threads) thread.Join();
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        run.Upload(session, "work");
        Run.Say("bytes", bytes);
        Run.Say("small-bytes", 4L * 2_000_000 * (32 + 24));
        Run.Say("large-bytes", 4L * 1_000 * (200_000 + 24));
    }

    /// <summary>Collections of all generations.</summary>
    public static void Collections(Run run)
    {
        using var session = run.Start(ProfileKinds.GarbageCollections | ProfileKinds.LiveHeap);
        run.Upload(session, "start");
        var (pauses, count) = (GC.GetTotalPauseDuration(), GC.CollectionCount(0));
        for (var i = 0; i < 20; i++)
        {
            for (var j = 0; j < 20_000; j++) s_kept = new byte[200];
            GC.Collect(i % 3, GCCollectionMode.Forced, blocking: true);
        }
        Run.Say("pause-nanos", (GC.GetTotalPauseDuration() - pauses).TotalNanoseconds);
        Run.Say("collections", GC.CollectionCount(0) - count);
        run.Upload(session, "work");
        Run.Say("heap-bytes", GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
    }

    private static void Work()
    {
        for (var i = 0; i < 1_000; i++)
        {
            for (var j = 0; j < 2_000; j++) Small();
            Middle();
            Large();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Small() => s_kept = new byte[32];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Middle() => s_kept = new byte[5_000];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Large() => s_kept = new byte[200_000];
}
