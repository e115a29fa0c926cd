using System.Diagnostics;
using Kagari.Bench.BlackBox;
using Kagari.Bench.Harness;
using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Bench.Compacting;

/// <summary>30 days of 50 services from real profiles: what a flame graph of a month costs from the rollups of days.</summary>
internal static class MonthBench
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(bool tiny, Report report)
    {
        var (days, services, perDay) = tiny ? (2, 2, 4) : (30, 50, 12);
        var files = LiveProfiles.Load("cpu");
        await using var store = await BenchStore.OpenAsync();
        var started = Stopwatch.GetTimestamp();
        for (var day = 0; day < days; day++)
        {
            for (var i = 0; i < perDay; i++)
            {
                await Task.WhenAll(Enumerable.Range(0, services).Select(service =>
                {
                    var nanos = ((Start.AddDays(day).ToUnixTimeMilliseconds() + ((i + 1) * (86_000_000L / perDay))) * 1_000_000) + service;
                    return store.TakeAsync("cpu", $"service-{service:d2}", $"pod-{i % 3}", Replay.Retimed(LiveProfiles.OfPod(files, service, i % 3, day + (i / 3)), nanos));
                }));
            }
            await store.CompactAsync(Start.AddDays(day + 1).AddHours(2));
        }
        var blocks = store.Catalogue.Blocks();
        report.Line($"{days} days x {services} services x {perDay} profiles a day", $"{Stopwatch.GetElapsedTime(started).TotalSeconds:f0} s to make",
            $"profiles {blocks.Where(b => !b.IsRollup).Sum(b => b.Length) / 1e6:f1} MB, rollups {blocks.Where(b => b.IsRollup).Sum(b => b.Length) / 1e6:f1} MB", "", null);

        var engine = new QueryEngine(store.Catalogue, store.Datasets);
        await AskAsync(engine, $"flame graph of {days} days, one service, from rollups", """{service_name="service-01"}""", days, 15, report);
        await AskAsync(engine, $"flame graph of {days} days, one pod, from profiles", """{service_name="service-01",pod="pod-1"}""", days, null, report);
        await AskAsync(engine, $"flame graph of {days} days, all services", "{}", days, null, report);
    }

    private static async Task AskAsync(QueryEngine engine, string what, string selector, int days, double? barMillis, Report report)
    {
        if (!SelectorParser.TryParse(selector, out var parsed, out var error)) throw new InvalidOperationException(error);
        var (cpu, allocated, nodes, run) = (double.MaxValue, long.MaxValue, 0, new QueryRun());
        for (var i = 0; i < 12; i++)
        {
            run = new QueryRun { IgnoresKept = true };
            var query = (SeriesQuery.OfMillis(["t"], Start.ToUnixTimeMilliseconds() + 1, Start.AddDays(days).ToUnixTimeMilliseconds(), parsed!) with { Run = run })
                .OfType(new ProfileTypeId("process_cpu", "cpu", "nanoseconds", "cpu", "nanoseconds"));
            var garbage = GC.GetTotalAllocatedBytes(precise: true);
            var started = Environment.CpuUsage.TotalTime;
            var tree = await engine.MergeTreeAsync(query, StackFilter.None, default);
            _ = FlameGraph.Build(tree, 8192);
            cpu = Math.Min(cpu, (Environment.CpuUsage.TotalTime - started).TotalMilliseconds);
            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - garbage);
            nodes = tree.Count;
        }
        report.Line(what, $"{cpu:f1} ms CPU", $"{nodes} nodes, {allocated / 1e6:f2} MB garbage; {run.Rollups} rollups, {run.Blocks} blocks, {run.Rows} rows",
            barMillis is { } bar ? $"<= {bar} ms, 1 MB" : "", barMillis is { } limit ? cpu <= limit && allocated <= 1_000_000 : null);
    }
}
