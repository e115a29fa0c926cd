using System.Diagnostics;
using Kagari.Bench.Harness;
using Kagari.Client;

namespace Kagari.Bench.Labelling;

/// <summary>What labels cost the program that has them: a thread that turns to another flow, and a scope; against the same with an AsyncLocal that tells nobody.</summary>
internal static class LabelsBench
{
    public static void Run(bool tiny, Report report)
    {
        var times = tiny ? 1000 : 1_000_000;
        var rounds = tiny ? 1 : 30;
        ThreadLabels.IsRecording = true;
        try
        {
            Switches(times, rounds, report);
            Scopes(times, rounds, report);
            Spans(times / 4, rounds, report);
            Lookups(times, rounds, report);
        }
        finally
        {
            ThreadLabels.IsRecording = false;
        }
    }

    private static void Switches(int times, int rounds, Report report)
    {
        // Two execution contexts that differ in one value, as those of two requests do; a thread turns from one to the other.
        var silent = new AsyncLocal<object?>();
        var telling = new AsyncLocal<object?>(static _ => { });
        var silentFlows = Pair(() => silent.Value = "a", () => silent.Value = "b");
        var tellingFlows = Pair(() => telling.Value = "a", () => telling.Value = "b");
        var (one, two) = (ProfileLabels.Of(("endpoint", "/car")), ProfileLabels.Of(("endpoint", "/bike")));
        var labelFlows = Pair(() => one.Scope(), () => two.Scope());
        var clock = 0L;
        var best = Measure.Best(rounds, () => Flip(silentFlows, times), () => Flip(tellingFlows, times), () => Flip(labelFlows, times), () =>
        {
            for (var n = 0; n < times; n++) clock += Stopwatch.GetTimestamp() & 1;
        });
        var silentNanos = Nanos(best[0], times * 2);
        var label = Nanos(best[2], times * 2);
        var added = label - silentNanos;
        report.Line("labels, a thread turns to another flow", $"{label:f1} ns", $"{silentNanos:f1} ns silent, {Nanos(best[1], times * 2):f1} ns empty handler, {Nanos(best[3], times):f1} ns clock", "adds <= 50 ns", added <= 50);
        ThreadLabels.IsRecording = false;
        var off = Measure.Best(rounds, () => Flip(labelFlows, times));
        ThreadLabels.IsRecording = true;
        report.Line("labels, the same while nothing is profiled", $"{Nanos(off[0], times * 2):f1} ns", $"{silentNanos:f1} ns silent", "adds <= 20 ns", Nanos(off[0], times * 2) - silentNanos <= 20);
    }

    private static void Scopes(int times, int rounds, Report report)
    {
        var plain = new AsyncLocal<object?>();
        var set = ProfileLabels.Of(("endpoint", "/car"), ("region", "eu"));
        var inner = ProfileLabels.Of(("step", "pay"));
        void Plain()
        {
            plain.Value = "a";
            plain.Value = null;
        }
        void Prebuilt()
        {
            using (set.Scope()) { }
        }
        void Tuples()
        {
            using (Kagari.Client.Labels.Scope(("endpoint", "/car"), ("region", "eu"))) { }
        }
        void Nested()
        {
            using (inner.Scope()) { }
        }
        var best = Measure.Best(rounds, () => Repeat(Plain, times), () => Repeat(Prebuilt, times), () => Repeat(Tuples, times), () =>
        {
            using (set.Scope()) Repeat(Nested, times);
        });
        var floor = $"{Nanos(best[0], times):f0} ns, {Bytes(Plain, times)} B: AsyncLocal set and reset";
        report.Line("labels, scope of a prebuilt set", $"{Nanos(best[1], times):f0} ns", $"{Bytes(Prebuilt, times)} B; {floor}", "<= 250 ns", Nanos(best[1], times) <= 250);
        report.Line("labels, scope of two tuples", $"{Nanos(best[2], times):f0} ns", $"{Bytes(Tuples, times)} B; the same floor", "<= 300 ns", Nanos(best[2], times) <= 300);
        report.Line("labels, scope within another", $"{Nanos(best[3], times):f0} ns", $"{Bytes(Nested, times)} B; the same floor", "<= 300 ns", Nanos(best[3], times) <= 300);
    }

    private static void Spans(int times, int rounds, Report report)
    {
        using var source = new ActivitySource("bench");
        using var tracer = new ActivityListener { ShouldListenTo = s => s == source, Sample = static (ref _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(tracer);
        void Request()
        {
            using var activity = source.StartActivity("request");
        }
        var alone = Measure.Best(rounds, () => Repeat(Request, times));
        var bytes = Bytes(Request, times);
        using var listener = SpanListener.Start();
        var marked = Measure.Best(rounds, () => Repeat(Request, times));
        report.Line("labels, a local root span", $"{Nanos(marked[0], times):f0} ns", $"{Bytes(Request, times)} B; {Nanos(alone[0], times):f0} ns, {bytes} B: the activity alone", "adds <= 500 ns", Nanos(marked[0] - alone[0], times) <= 500);
    }

    private static void Lookups(int times, int rounds, Report report)
    {
        var set = ProfileLabels.Of(("endpoint", "/car"));
        var started = Stopwatch.GetTimestamp();
        for (var n = 0; n < 20_000; n++) using (set.Scope()) { }
        var span = Stopwatch.GetTimestamp() - started;
        var (found, random, thread) = (0, new Random(1), OperatingSystemThread.CurrentId);
        var best = Measure.Best(rounds, () =>
        {
            for (var n = 0; n < times / 10; n++)
                if (ThreadLabels.Find(thread, started + random.NextInt64(span), out _) == LabelLookup.Found) found++;
        });
        report.Line("labels, a sample finds its labels", $"{Nanos(best[0], times / 10):f0} ns", $"of {ThreadHistory.LengthMax} entries, {(found > 0 ? "found" : "lost")} and more", "<= 1000 ns", Nanos(best[0], times / 10) <= 1000);
    }

    private static (ExecutionContext One, ExecutionContext Two) Pair(Action one, Action two)
    {
        ExecutionContext Made(Action action)
        {
            ExecutionContext? made = null;
            ExecutionContext.Run(ExecutionContext.Capture()!, _ =>
            {
                action();
                made = ExecutionContext.Capture();
            }, null);
            return made!;
        }
        return (Made(one), Made(two));
    }

    private static void Flip((ExecutionContext One, ExecutionContext Two) flows, int times)
    {
        var outside = ExecutionContext.Capture()!;
        for (var n = 0; n < times; n++)
        {
            ExecutionContext.Restore(flows.One);
            ExecutionContext.Restore(flows.Two);
        }
        ExecutionContext.Restore(outside);
    }

    private static void Repeat(Action action, int times)
    {
        for (var n = 0; n < times; n++) action();
    }

    private static double Nanos(double seconds, int times) => seconds / times * 1e9;

    private static long Bytes(Action action, int times) => Measure.Allocated(() => Repeat(action, times)) / times;
}
