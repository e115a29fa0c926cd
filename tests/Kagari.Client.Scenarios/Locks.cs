using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kagari.Client.Scenarios;

/// <summary>Waits for locks, both kinds, whose length the waiting thread measures.</summary>
internal static class Locks
{
    private static readonly object s_monitor = new();
    private static readonly Lock s_lock = new();
    private static readonly Barrier s_barrier = new(2);
    private static long s_waitedTicks;

    public static void All(Run run)
    {
        const int rounds = 50;
        using var session = run.Start(ProfileKinds.Locks);
        run.Upload(session, "start");
        var holder = new Thread(() =>
        {
            for (var i = 0; i < rounds; i++)
            {
                lock (s_monitor)
                {
                    s_barrier.SignalAndWait();
                    Thread.Sleep(20);
                }
                lock (s_lock)
                {
                    s_barrier.SignalAndWait();
                    Thread.Sleep(20);
                }
            }
        });
        holder.Start();
        for (var i = 0; i < rounds; i++)
        {
            s_barrier.SignalAndWait();
            WaitForMonitor();
            s_barrier.SignalAndWait();
            WaitForLock();
        }
        holder.Join();
        run.Upload(session, "work");
        Run.Say("waits", 2 * rounds);
        Run.Say("waited-nanos", s_waitedTicks * 1_000_000_000.0 / Stopwatch.Frequency);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WaitForMonitor()
    {
        var start = Stopwatch.GetTimestamp();
        lock (s_monitor) s_waitedTicks += Stopwatch.GetTimestamp() - start;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WaitForLock()
    {
        var start = Stopwatch.GetTimestamp();
        lock (s_lock) s_waitedTicks += Stopwatch.GetTimestamp() - start;
    }
}
