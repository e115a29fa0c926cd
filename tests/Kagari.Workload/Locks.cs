using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kagari.Workload;

/// <summary>Lets one thread wait for a lock that another holds.</summary>
internal static class Locks
{
    private static readonly object s_gate = new();

    public static void Run()
    {
        for (var i = 0; i < 3; i++)
        {
            var waiter = new Thread(() => Enter());
            lock (s_gate)
            {
                waiter.Start();
                // Until it really waits, and then long enough to be worth an event.
                while (!waiter.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin)) Thread.Yield();
                for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started).TotalMilliseconds < 30;) Thread.SpinWait(100);
            }
            waiter.Join();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Enter()
    {
        lock (s_gate) GC.KeepAlive(s_gate);
    }
}
