using Kagari.Bench.BlackBox;
using Kagari.Bench.Harness;
using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Bench.Compacting;

/// <summary>Doubles the data four times: what a sample costs to take, to compact and to ask for must not grow.</summary>
internal static class LinearBench
{
    private const int ProfilesPerHour = 100, Services = 4, Pods = 5;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private sealed record Cost(double Ingest, double Compaction, double Query, double Bytes);

    public static async Task RunAsync(bool tiny, Report report)
    {
        var files = LiveProfiles.Load("cpu");
        for (var i = 0; i < (tiny ? 0 : 4); i++) await MeasureAsync(files, 1);   // compiled before it is measured
        Cost? before = null;
        for (var hours = 1; hours <= (tiny ? 2 : 16); hours *= 2)
        {
            // The least of some rounds: the first of a length pays for memory that the runtime has not yet.
            var rounds = new List<Cost>();
            for (var i = 0; i < (tiny ? 1 : 4); i++) rounds.Add(await MeasureAsync(files, hours));
            var cost = new Cost(rounds.Min(c => c.Ingest), rounds.Min(c => c.Compaction), rounds.Min(c => c.Query), rounds.Max(c => c.Bytes));
            var growth = before is null ? 0 : new[]
            {
                cost.Ingest / before.Ingest, cost.Compaction / before.Compaction, cost.Query / before.Query, cost.Bytes / before.Bytes,
            }.Max() - 1;
            report.Line($"{hours * ProfilesPerHour} profiles of {hours} h, per sample",
                $"ingest {cost.Ingest:f0} ns", $"compaction {cost.Compaction:f0} ns, query {cost.Query:f1} ns, {cost.Bytes:f2} bytes",
                before is null ? "" : "growth <= 15 %", before is null ? null : growth <= .15);
            before = cost;
        }
    }

    private static async Task<Cost> MeasureAsync(IReadOnlyList<byte[]> files, int hours)
    {
        await using var store = await BenchStore.OpenAsync();
        var bodies = Enumerable.Range(0, hours * ProfilesPerHour).Select(i =>
        {
            var (service, pod) = (i % Services, i / Services % Pods);
            var nanos = (Start.ToUnixTimeMilliseconds() * 1_000_000) + (i * (3_600_000_000_000L / ProfilesPerHour)) + 1_000_000;
            return (Service: $"service-{service:d2}", Pod: $"pod-{pod}", Body: Replay.Retimed(LiveProfiles.OfPod(files, service, pod, i / Services / Pods), nanos));
        }).ToList();
        GC.Collect();
        var started = Environment.CpuUsage.TotalTime;
        foreach (var group in bodies.Chunk(20))
            await Task.WhenAll(group.Select(b => store.TakeAsync("cpu", b.Service, b.Pod, b.Body)));
        var ingest = (Environment.CpuUsage.TotalTime - started).TotalSeconds;
        var compaction = await store.CompactAsync(Start.AddHours(hours).AddMinutes(10));
        var samples = store.Catalogue.Blocks().Where(b => !b.IsRollup).SelectMany(b => b.Datasets).Sum(d => d.CellCount);
        var bytes = store.Catalogue.Blocks().Sum(b => b.Length);

        var engine = new QueryEngine(store.Catalogue, store.Datasets);
        var best = double.MaxValue;
        for (var i = 0; i < 12; i++)
        {
            var query = new SeriesQuery(["t"], long.MinValue, long.MaxValue, Selector.All) { Run = new QueryRun { IgnoresKept = true } }
                .OfType(new ProfileTypeId("process_cpu", "cpu", "nanoseconds", "cpu", "nanoseconds"));
            started = Environment.CpuUsage.TotalTime;
            await engine.MergeTreeAsync(query, StackFilter.None, default);
            if (i > 3) best = Math.Min(best, (Environment.CpuUsage.TotalTime - started).TotalSeconds);
        }
        return new Cost(ingest / samples * 1e9, compaction / samples * 1e9, best / samples * 1e9, (double)bytes / samples);
    }
}
