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
        using var session = run.Start(ProfileKinds.Cpu);
        Run.Upload(session);
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Rounds; i++)
        {
            Seventy();
            Thirty();
        }
        Run.Upload(session);
        Run.Say("cpu-nanos", (Environment.CpuUsage.TotalTime - before).TotalNanoseconds);
    }

    /// <summary>Time in the kernel, on behalf of a method.</summary>
    public static void Kernel(Run run)
    {
        using var session = run.Start(ProfileKinds.Cpu);
        Run.Upload(session);
        var before = Environment.CpuUsage;
        ReadZeros();
        Run.Upload(session);
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
        Run.Upload(session);
        for (var i = 0; i < Rounds / 2; i++) Seventy();
        Run.Upload(session);
    }

    /// <summary>Threads that live shorter than the period of any sampler, one after the other.</summary>
    public static void ShortThreads(Run run)
    {
        using var session = run.Start(ProfileKinds.Cpu);
        Run.Upload(session);
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 400; i++)
        {
            var thread = new Thread(ShortThread);
            thread.Start();
            thread.Join();
        }
        Run.Upload(session);
        Run.Say("cpu-nanos", (Environment.CpuUsage.TotalTime - before).TotalNanoseconds);
    }

    /// <summary>One thread that works, one that sleeps as long.</summary>
    public static void Wall(Run run)
    {
        using var session = run.Start(ProfileKinds.Wall);
        Run.Upload(session);
        var start = Stopwatch.GetTimestamp();
        var sleeper = new Thread(SleepLong);
        sleeper.Start();
        while (sleeper.IsAlive) Seventy();
        Run.Upload(session);
        Run.Say("wall-nanos", Stopwatch.GetElapsedTime(start).TotalNanoseconds);
    }

    // Compiled fully at the first call: what is measured is the profiler, not the tiers of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Seventy() => Burn(70);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Thirty() => Burn(30);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ShortThread() => Burn(100);

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
        for (var i = 0; i < 20_000; i++) RandomAccess.Read(zeros, buffer, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Burn(int units)
    {
        var sum = 0.0;
        for (var i = 0; i < units * 8_000; i++) sum += Math.Sqrt(i);
        return sum;
    }
}
