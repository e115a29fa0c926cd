using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using Microsoft.Diagnostics.NETCore.Client;

namespace Kagari.Client.Scenarios;

/// <summary>Starting and stopping, alone and beside others.</summary>
internal static class Switching
{
    /// <summary>Each kind is switched on alone, then off.</summary>
    public static void Kinds(Run run)
    {
        using var session = run.Start(ProfileKinds.None, o => o.CpuPeriod = TimeSpan.FromMilliseconds(2));
        run.Upload(session, "start");
        foreach (var kind in new[] { ProfileKinds.Cpu, ProfileKinds.Wall, ProfileKinds.Allocations, ProfileKinds.Locks, ProfileKinds.Exceptions, ProfileKinds.GarbageCollections, ProfileKinds.LiveHeap })
        {
            session.Profiles = kind;
            run.Upload(session, $"{kind}-before");   // what is posted first is done first: now it is on
            DoAll();
            run.Upload(session, $"{kind}-on");
            session.Profiles = ProfileKinds.None;
            run.Upload(session, $"{kind}-after");
            DoAll();
            run.Upload(session, $"{kind}-off");
            Run.Say("kind", kind);
        }
    }

    /// <summary>Two hundred sessions one after the other.</summary>
    public static void Cycles(Run run)
    {
        for (var i = 0; i < 200; i++)
        {
            using (var session = run.Start(ProfileKinds.All)) run.Upload(session, "start");
            if (i is not (99 or 199)) continue;
            GC.Collect();
            Run.Say($"files-{i}", Directory.GetFiles("/proc/self/fd").Length);
            Run.Say($"threads-{i}", Directory.GetDirectories("/proc/self/task").Length);
            Run.Say($"resident-{i}", Environment.WorkingSet);
            Run.Say($"managed-{i}", GC.GetTotalMemory(forceFullCollection: true));
        }
    }

    /// <summary>A second tool has a session of its own; both see what they asked for.</summary>
    public static void Coexistence(Run run)
    {
        using var session = run.Start(ProfileKinds.Default);
        run.Upload(session, "start");
        var other = new DiagnosticsClient(Environment.ProcessId).StartEventPipeSession(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, 0x8001)], requestRundown: false);
        var bytes = Task.Run(() =>
        {
            var (buffer, sum, count) = (new byte[65536], 0L, 0);
            while ((count = other.EventStream.Read(buffer)) > 0) sum += count;
            return sum;
        });
        for (var i = 0; i < 20; i++) DoAll();
        other.Stop();
        Run.Say("other-bytes", bytes.Result);
        run.Upload(session, "work");
    }

    /// <summary>The runtime was told to let nobody in.</summary>
    public static void Disabled(Run run)
    {
        using var session = run.Start(ProfileKinds.Default, o => o.Log = null);
        Run.Say("running", session.IsRunning);
        Run.Say("uploaded", session.Upload(Run.Patience));
        session.Profiles = ProfileKinds.Cpu;
        DoAll();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DoAll()
    {
        var end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 5);
        var (gate, isHeld) = (new object(), new ManualResetEventSlim());
        var holder = new Thread(() =>
        {
            lock (gate)
            {
                isHeld.Set();
                Thread.Sleep(50);
            }
        });
        holder.Start();
        isHeld.Wait();
        lock (gate)
        {
        }
        holder.Join();
        while (Stopwatch.GetTimestamp() < end) GC.KeepAlive(new byte[1000]);
        try
        {
            throw new InvalidOperationException("to be counted");
        }
        catch (InvalidOperationException)
        {
            GC.Collect();
        }
    }
}
