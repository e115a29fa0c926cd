using Kagari.Bench.BlackBox;
using Kagari.Bench.Harness;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Storage;

namespace Kagari.Bench.Compacting;

/// <summary>Real profiles of services and pods over one hour, through all levels: CPU per profile and pass, bytes by section.</summary>
internal static class CompactionBench
{
    private static readonly DateTimeOffset Hour = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(bool tiny, Report report)
    {
        foreach (var kind in (Environment.GetEnvironmentVariable("KAGARI_BENCH_KINDS") ?? "cpu allocs").Split(' '))
        {
            // A server has long compiled what it runs: small rounds first.
            for (var i = 0; i < (tiny ? 0 : 8); i++) await RunAsync(kind, 100, 2, null);
            await RunAsync(kind, tiny ? 40 : 2000, tiny ? 2 : 20, report);
        }
    }

    private static async Task RunAsync(string kind, int pushes, int services, Report? report)
    {
        var files = LiveProfiles.Load(kind);
        await using var store = await BenchStore.OpenAsync();
        long gzip = 0;
        foreach (var group in Enumerable.Range(0, pushes).Chunk(32))
        {
            await Task.WhenAll(group.Select(i =>
            {
                var file = LiveProfiles.OfPod(files, i % services, i / services % 5, i / services / 5);
                gzip += file.Length;
                var nanos = ((Hour.ToUnixTimeMilliseconds() + (i * 3_500_000L / pushes)) * 1_000_000L) + i;
                return store.TakeAsync(kind, $"service-{i % services:d2}", $"pod-{i / services % 5}", Replay.Retimed(file, nanos));
            }));
        }
        report?.Line($"{kind}: log", $"1/{(double)gzip / store.LogBytes:f1} of gz", $"{store.LogBytes / 1e6:f1} MB for {gzip / 1e6:f0} MB, {pushes} profiles", "", null);
        foreach (var (what, now) in new[] { ("5 min blocks", Hour.AddMinutes(60)), ("hour", Hour.AddMinutes(70)), ("day", Hour.AddDays(2)) })
        {
            store.Jobs.Clear();
            var seconds = await store.CompactAsync(now);
            var rows = store.Jobs.Sum(j => j.Rows);
            // A profile whose samples carry labels is several rows.
            var profiles = (double)pushes;
            var written = store.Jobs.Sum(j => j.Blocks.Where(b => !b.IsRollup).Sum(b => b.Length));
            var rollups = store.Jobs.Sum(j => j.Blocks.Where(b => b.IsRollup).Sum(b => b.Length));
            report?.Line($"{kind}: to {what}, CPU per profile", $"{seconds / profiles * 1e6:f0} us", $"{rows} rows, {store.Jobs.Count} jobs",
                kind == "cpu" ? "<= 250 us" : "", kind == "cpu" ? seconds / profiles <= 250e-6 : null);
            var bar = kind == "cpu" ? 10 : 25;
            var ratio = (double)gzip / (written + rollups);
            report?.Line($"{kind}: bytes kept", $"1/{ratio:f1} of gz", $"{written / 1e6:f2} MB, rollups {rollups / 1e6:f2} MB", what == "5 min blocks" ? "" : $"<= 1/{bar}", what == "5 min blocks" ? null : ratio >= bar);
            if (report is null) continue;
            PrintSections(store);
            await AskAsync(store, kind, what, report);
        }
    }

    /// <summary>One service's flame graph from this level: CPU and garbage.</summary>
    private static async Task AskAsync(BenchStore store, string kind, string what, Report report)
    {
        var selector = new Selector([LabelMatcher.Equal(LabelNames.ServiceName, "service-01")]);
        var type = kind == "cpu" ? new ProfileTypeId("process_cpu", "cpu", "nanoseconds", "cpu", "nanoseconds") : new ProfileTypeId("memory", "alloc_space", "bytes", "space", "bytes");
        var engine = new QueryEngine(store.Catalogue, store.Datasets);
        var (cpu, garbage, nodes) = (double.MaxValue, long.MaxValue, 0);
        for (var i = 0; i < 30; i++)
        {
            var query = new SeriesQuery(["t"], long.MinValue, long.MaxValue, selector) { Run = new QueryRun { IgnoresKept = true } }.OfType(type);
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var started = Environment.CpuUsage.TotalTime;
            nodes = await engine.DrawTreeAsync(query, StackFilter.None, tree => FlameGraph.Build(tree, 8192).NodeCount > 0 ? tree.Count : 0, default);
            cpu = Math.Min(cpu, (Environment.CpuUsage.TotalTime - started).TotalMilliseconds);
            garbage = Math.Min(garbage, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        }
        report.Line($"{kind}: flame graph of a service from {what}", $"{cpu:f2} ms CPU", $"{garbage / 1e6:f2} MB garbage, {nodes} nodes", "<= 1 MB garbage", garbage <= 1_000_000);
    }

    private static void PrintSections(BenchStore store)
    {
        var datasets = store.Catalogue.Blocks().Where(b => !b.IsRollup).SelectMany(b => b.Datasets).ToList();
        var cells = datasets.Sum(d => d.CellCount);
        var parts = Enum.GetValues<BlockSectionKind>().Select(kind => (kind, Bytes: datasets.Sum(d => (long)d[kind].StoredBytes)));
        Console.WriteLine($"    {cells} cells, {datasets.Sum(d => (long)d.StackCount)} stacks; bytes per cell: "
            + string.Join(", ", parts.Select(p => $"{p.kind} {(double)p.Bytes / cells:f2}"))
            + $"; all {(double)store.Catalogue.Blocks().Where(b => !b.IsRollup).Sum(b => b.Length) / cells:f2}");
    }
}
