using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kagari.Client.Tests;

/// <summary>Many flows do what programs do, at random, over few threads. Each knows what its labels must be; the history of each thread must say the same afterwards, as a profiler asks it.</summary>
[Collection(nameof(RecordingTests))]
public sealed class LabelModelTests : IDisposable
{
    private const int Flows = 24, Steps = 150;

    private static readonly string[] Names = ["a", "b", "c", "d"];

    private readonly ActivitySource _source = new("spans of " + nameof(LabelModelTests));
    private readonly ActivityListener _tracer;
    private readonly IDisposable _spans;
    private readonly ConcurrentQueue<(int Thread, long Ticks, string Labels)> _samples = [];

    public LabelModelTests()
    {
        ThreadLabels.IsRecording = true;
        _tracer = new ActivityListener { ShouldListenTo = source => source == _source, Sample = (ref _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(_tracer);
        _spans = SpanListener.Start();
    }

    public void Dispose()
    {
        _spans.Dispose();
        _tracer.Dispose();
        _source.Dispose();
        ThreadLabels.IsRecording = false;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Flows_AtRandom_HaveTheLabelsOfTheModelThenAndLater(int seed)
    {
        await Task.WhenAll(Enumerable.Range(0, Flows).Select(flow => Task.Run(() => FlowAsync(new Flow(new Random((seed * 1000) + flow), Steps), new Model([], null), 0))));
        CurrentLabels.Value.ShouldBeNull();
        var found = 0;
        foreach (var (thread, ticks, labels) in _samples)
        {
            // A thread may be dead and its history long, but whatever is found is right.
            if (ThreadLabels.Find(thread, ticks, out var context) == LabelLookup.Lost) continue;
            Seen.Text(context).ShouldBe(labels, $"seed {seed}");
            found++;
        }
        TestContext.Current.SendDiagnosticMessage("seed {0}: {1} of {2} samples found, {3} threads", seed, found, _samples.Count, _samples.Select(s => s.Thread).Distinct().Count());
        found.ShouldBeGreaterThan(0);
    }

    private async Task FlowAsync(Flow flow, Model model, int depth)
    {
        while (flow.StepsLeft-- > 0)
        {
            Sample(model);
            switch (flow.Random.Next(depth > 5 ? 3 : 9))
            {
                case 0:
                    await Task.Yield();
                    break;
                case 1:
                    await Task.Run(() => Sample(model));
                    break;
                case 2 when depth > 0:
                    return;   // leaves the innermost scope
                case 3:
                    var (name, value) = (Names[flow.Random.Next(Names.Length)], flow.Random.Next(4) is var n and > 0 ? n.ToString() : "");
                    using (Labels.Scope((name, value))) await FlowAsync(flow, model.With(name, value), depth + 1);
                    break;
                case 4:
                    var set = ProfileLabels.Of(("a", flow.Random.Next(3).ToString()), ("e", "prebuilt"));
                    using (set.Scope())
                    {
                        await Task.Yield();
                        await FlowAsync(flow, set.Alone.Labels.ToArray().Aggregate(model, (m, l) => m.With(l.Key, l.Value)), depth + 1);
                    }
                    break;
                case 5:
                    // A consumer of messages: a local root, also within another span.
                    var sender = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
                    var span = "s" + flow.Random.Next(1000);
                    using (_source.StartActivity(span, ActivityKind.Consumer, sender)) await FlowAsync(flow, model with { Span = span }, depth + 1);
                    break;
                case 6:
                    await Labels.DoAsync(() => FlowAsync(flow, model.With("b", "do"), depth + 1), ("b", "do"));
                    break;
                case 7:
                    var thread = new Thread(() => Sample(model));
                    thread.Start();
                    thread.Join();
                    break;
                case 8:
                    await Task.WhenAll(FlowAsync(flow.Half(), model, depth + 1), Task.Run(() => FlowAsync(flow.Half(), model, depth + 1)));
                    break;
                default:
                    break;
            }
            Sample(model);
        }
    }

    private void Sample(Model model)
    {
        var labels = model.ToString();
        Seen.Here().ShouldBe(labels);
        _samples.Enqueue((OperatingSystemThread.CurrentId, Stopwatch.GetTimestamp(), labels));
    }

    private sealed class Flow(Random random, int steps)
    {
        public Random Random => random;

        public int StepsLeft = steps;

        public Flow Half()
        {
            StepsLeft /= 2;
            return new Flow(new Random(random.Next()), StepsLeft);
        }
    }

    private sealed record Model(SortedDictionary<string, string> Labels, string? Span)
    {
        public Model With(string name, string value)
        {
            var labels = new SortedDictionary<string, string>(Labels) { [name] = value };
            if (value.Length == 0) labels.Remove(name);
            return this with { Labels = labels };
        }

        public override string ToString() => string.Join(",", [.. Labels.Select(l => $"{l.Key}={l.Value}"), .. Span is null ? Array.Empty<string>() : ["span:" + Span]]);
    }
}
