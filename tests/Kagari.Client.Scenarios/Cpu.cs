using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kagari.Client.Scenarios;

/// <summary>CPU time, of which the scenario knows where it goes.</summary>
internal static class Cpu
{
    private const int Rounds = 1_500;

    /// <summary>Two methods, 70 to 30.</summary>
    public static void Split(Run run)
    {
        // Five times the usual samples: by lot, shares of some 200 are not known to 3 points.
        using var session = run.Start(ProfileKinds.Cpu, o => o.CpuPeriod = TimeSpan.FromMilliseconds(run.SlowFactor > 1 ? 5 : 2));
        run.Upload(session, "start");
        var before = Environment.CpuUsage.TotalTime;
        // Rounds of different lengths: a rhythm of the program's could meet one of the sampler's.
        var random = new Random(70_30);
        for (var i = 0; i < 4 * Rounds; i++)
        {
            var percent = random.Next(20, 181);
            Seventy(percent);
            Thirty(percent);
        }
        run.Upload(session, "work");
        Run.Say("cpu-nanos", (Environment.CpuUsage.TotalTime - before).TotalNanoseconds);
    }

    /// <summary>Time in the kernel, on behalf of a method.</summary>
    public static void Kernel(Run run)
    {
        using var session = run.Start(ProfileKinds.Cpu);
        run.Upload(session, "start");
        var before = Environment.CpuUsage;
        ReadZeros();
        run.Upload(session, "work");
        Run.Say("cpu-nanos", (Environment.CpuUsage.TotalTime - before.TotalTime).TotalNanoseconds);
        Run.Say("kernel-nanos", (Environment.CpuUsage.PrivilegedTime - before.PrivilegedTime).TotalNanoseconds);
    }

    /// <summary>Fifty threads that wait in every way there is.</summary>
    public static void Idle(Run run)
    {
        var (gate, monitor, end) = (new SemaphoreSlim(0), new object(), new ManualResetEvent(false));
        for (var i = 0; i < 50; i++)
        {
            ThreadStart wait = (i % 4) switch { 0 => () => end.WaitOne(), 1 => gate.Wait, 2 => () => WaitForPulse(monitor), _ => () => Thread.Sleep(Timeout.Infinite) };
            new Thread(() => IdleThread(wait)) { IsBackground = true }.Start();
        }
        using var session = run.Start(ProfileKinds.Cpu);
        run.Upload(session, "start");
        for (var i = 0; i < Rounds / 2; i++) Seventy();
        run.Upload(session, "work");
    }

    /// <summary>Threads that are started later, long enough to be sampled.</summary>
    public static void LaterThreads(Run run) => Threads(run, 20, static () => LaterThread());

    /// <summary>Threads that live shorter than the period of any sampler, one after the other.</summary>
    public static void ShortThreads(Run run) => Threads(run, 1_000, static () => ShortThread());

    /// <summary>One thread that works, one that sleeps as long.</summary>
    public static void Wall(Run run)
    {
        using var session = run.Start(ProfileKinds.Wall);
        run.Upload(session, "start");
        var start = Stopwatch.GetTimestamp();
        var sleeper = new Thread(SleepLong);
        sleeper.Start();
        while (sleeper.IsAlive) Seventy();
        run.Upload(session, "work");
        Run.Say("wall-nanos", Stopwatch.GetElapsedTime(start).TotalNanoseconds);
    }

    private static void Threads(Run run, int count, ThreadStart work)
    {
        using var session = run.Start(ProfileKinds.Cpu);
        run.Upload(session, "start");
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < count; i++)
        {
            var thread = new Thread(work);
            thread.Start();
            thread.Join();
        }
        run.Upload(session, "work");
        Run.Say("cpu-nanos", (Environment.CpuUsage.TotalTime - before).TotalNanoseconds);
    }

    // Compiled fully at the first call: what is measured is the profiler, not the tiers of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Seventy(int percent = 100) => Burn(70 * percent / 100);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Thirty(int percent) => Burn(30 * percent / 100);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ShortThread() => Burn(100);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void LaterThread() => Burn(10_000);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SleepLong() => Thread.Sleep(4_000);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void IdleThread(ThreadStart wait) => wait();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WaitForPulse(object monitor)
    {
        lock (monitor) Monitor.Wait(monitor);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadZeros()
    {
        using var zeros = File.OpenHandle("/dev/zero");
        var buffer = new byte[1 << 20];
        for (var i = 0; i < 200_000; i++) RandomAccess.Read(zeros, buffer, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Burn(int units)
    {
        var sum = 0.0;
        for (var i = 0; i < units * 8_000; i++) sum += Math.Sqrt(i);
        return sum;
    }
}
