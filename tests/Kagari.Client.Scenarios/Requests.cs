using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kagari.Client.Scenarios;

/// <summary>Requests with labels and spans that hop from thread to thread.</summary>
internal static class Requests
{
    private const string SourceName = "scenario";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>A listener of the program's that throws at everything it hears of: at what the profiler does too.</summary>
    public static void HostileListener(Run run)
    {
        using var tracing = new ActivityListener { ShouldListenTo = _ => throw new InvalidOperationException("I hear nothing") };
        ActivitySource.AddActivityListener(tracing);
        using var session = run.Start(ProfileKinds.All);
        session.Upload(TimeSpan.FromSeconds(1));
        Run.Say("lives", true);
    }

    public static async Task AllAsync(Run run)
    {
        using var tracing = new ActivityListener { ShouldListenTo = s => s.Name == SourceName, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(tracing);
        using var session = run.Start(ProfileKinds.Cpu | ProfileKinds.Allocations | ProfileKinds.Exceptions);
        run.Upload(session, "start");
        var end = Stopwatch.GetTimestamp() + (5 * Stopwatch.Frequency);
        await Task.WhenAll(
            UntilAsync(end, () => RequestAsync("car", CarWork)), UntilAsync(end, () => RequestAsync("bike", BikeWork)),
            UntilAsync(end, () => RequestAsync("car", CarWork)), UntilAsync(end, () => { PlainWork(); return Task.CompletedTask; }),
            MarkedAsync(end));
        run.Upload(session, "work");
    }

    private static async Task UntilAsync(long end, Func<Task> request)
    {
        await Task.Yield();
        while (Stopwatch.GetTimestamp() < end) await request();
    }

    /// <summary>A request that goes through every kind of hop.</summary>
    private static async Task RequestAsync(string vehicle, Action work)
    {
        using var span = s_source.StartActivity("GET /" + vehicle);
        using (Labels.Scope(("vehicle", vehicle)))
        {
            work();
            await Task.Yield();
            work();
            await Task.Delay(1).ConfigureAwait(false);
            work();
            await HopAsync(work);
            await Task.Run(work);
            Parallel.For(0, 2, _ => work());
            await Parallel.ForEachAsync([1, 2], (_, _) =>
            {
                work();
                return ValueTask.CompletedTask;
            });
            var thread = new Thread(() => work());
            thread.Start();
            thread.Join();
        }
    }

    private static async ValueTask HopAsync(Action work)
    {
        await Task.Yield();
        work();
    }

    /// <summary>One span of which the id is told, with work that is done in no other.</summary>
    private static async Task MarkedAsync(long end)
    {
        using var span = s_source.StartActivity("GET /marked")!;
        Run.Say("span", span.SpanId);
        Run.Say("trace", span.TraceId);
        while (Stopwatch.GetTimestamp() < end)
        {
            MarkedWork();
            await Task.Delay(1);
        }
        Run.Say("profile-tag", span.GetTagItem("pyroscope.profile.id") ?? "none");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CarWork() => Work();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BikeWork() => Work();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PlainWork() => Work();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MarkedWork() => Work();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Work()
    {
        var sum = 0.0;
        for (var i = 0; i < 100_000; i++) sum += Math.Sqrt(i);
        GC.KeepAlive(new byte[1000 + (int)(sum % 10)]);
        try
        {
            throw new InvalidOperationException("to be counted");
        }
        catch (InvalidOperationException)
        {
            // This is what it is for.
        }
    }
}
