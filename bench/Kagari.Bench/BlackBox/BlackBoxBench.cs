using System.Diagnostics;
using System.Text;
using Kagari.Bench.Harness;
using Kagari.Bench.Writing;
using Kagari.Testing;

namespace Kagari.Bench.BlackBox;

/// <summary>The table of the design: the load of 20 services x 5 pods x 2 types over HTTP, then the questions people ask.</summary>
internal static class BlackBoxBench
{
    private const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

    /// <param name="tiny">Only shows that it works.</param>
    /// <param name="onlyPushes">Ends after the pushes: what is measured again and again while the write path is worked on.</param>
    /// <param name="report">Where the lines go.</param>
    public static async Task RunAsync(bool tiny, bool onlyPushes, Report report)
    {
        using var directory = new TemporaryDirectory();
        var pushes = tiny ? 80 : 4000;
        // The hour before the last: its windows are over, so compaction takes all of it.
        var end = TimeProvider.System.GetUtcNow().AddMinutes(-65).ToUnixTimeMilliseconds();
        var floor = FloorSeconds(tiny);
        var sync = SyncMilliseconds(directory.Path);

        var data = Path.Combine(directory.Path, "data");
        await using var server = await ServerProcess.StartAsync(data);
        report.Line("cold start to ready", $"{server.StartTime.TotalSeconds:f2} s", "", "<= 2 s", server.StartTime.TotalSeconds <= 2);
        var replay = new Replay(20, 5, pushes, 32, end);
        var bodies = replay.Prepare();
        var before = server.Cpu;
        await replay.SendAsync(server.Url, bodies, TimeSpan.Zero);
        var cpu = (server.Cpu - before).TotalSeconds / pushes;
        report.Line("black box over HTTP, server CPU per push", $"{cpu * 1e3:f2} ms", $"{cpu / floor:f2}x gunzip ({floor * 1e3:f2} ms)", "<= 6x gunzip", cpu / floor <= 6);
        report.Line("  32 connections, as fast as they can", $"{pushes / replay.Seconds:f0} pushes/s", $"p50 {Measure.Percentile(replay.Milliseconds, .5):f1} ms, p99 {Measure.Percentile(replay.Milliseconds, .99):f1} ms", "", null);
        report.Line("resident memory, highest", $"{server.ResidentMax / 1e6:f0} MB", $"now {server.Resident / 1e6:f0} MB", "<= 300 MB", server.ResidentMax <= 300e6);
        if (onlyPushes)
        {
            await PrintGaugesAsync(server);
            return;
        }

        var paced = new Replay(20, 5, tiny ? 20 : 1000, 32, end);
        await paced.SendAsync(server.Url, paced.Prepare(), TimeSpan.FromMilliseconds(5));
        var p50 = Measure.Percentile(paced.Milliseconds, .5);
        report.Line("acknowledged push, 200/s, 32 connections", $"p50 {p50:f1} ms", $"p99 {Measure.Percentile(paced.Milliseconds, .99):f1} ms; fdatasync alone {sync:f2} ms", "p50 <= 30 ms", p50 <= 30);

        var disk = Directory.GetFiles(directory.Path, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        var sent = replay.GzipBytes + paced.GzipBytes;
        report.Line("bytes kept per gz byte, before compaction", $"1/{(double)sent / disk:f1}", $"{disk / 1e6:f1} MB for {sent / 1e6:f0} MB", "", null);
        await AskAsync(server, end, tiny ? 2 : 15, report);
        await PrintGaugesAsync(server);
        await server.DisposeAsync();

        // A start finds closed logs and compacts them at once.
        report.Section("the same after compaction");
        await using var compacting = await ServerProcess.StartAsync(data, "-compactor.interval=100ms", "-compactor.deletion-delay=0s");
        await WaitForCompactionAsync(compacting);
        var compaction = compacting.Cpu.TotalSeconds / (pushes + (tiny ? 20 : 1000));
        report.Line("compaction, server CPU per push", $"{compaction * 1e3:f2} ms", $"{(cpu + compaction) / floor:f2}x gunzip with the push", "<= 6x gunzip", (cpu + compaction) / floor <= 6);
        report.Line("resident memory, highest", $"{compacting.ResidentMax / 1e6:f0} MB", "", "<= 300 MB", compacting.ResidentMax <= 300e6);
        disk = Directory.GetFiles(Path.Combine(data, "blocks"), "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        report.Line("bytes kept per gz byte, after compaction", $"1/{(double)sent / disk:f1}", $"{disk / 1e6:f1} MB for {sent / 1e6:f0} MB", "", null);
        await AskAsync(compacting, end, tiny ? 2 : 15, report);
    }

    private static async Task WaitForCompactionAsync(ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        while (true)
        {
            var metrics = (await http.GetStringAsync("/metrics")).Split('\n');
            bool IsZero(string name) => metrics.Any(l => l == name + " 0");
            if (IsZero("kagari_catalogue_segments") && IsZero("kagari_compactor_doomed_objects")) return;
            await Task.Delay(200);
        }
    }

    private static async Task AskAsync(ServerProcess server, long end, int rounds, Report report)
    {
        var range = $"\"start\":\"{end - 7_200_000}\",\"end\":\"{end + 60_000}\"";
        string Stacks(string selector, string extra = "") => $"{{\"profileTypeID\":\"{Cpu}\",\"labelSelector\":\"{selector}\",{range}{extra}}}";
        const string One = "{service_name=\\\"service-03\\\"}";
        await AskAsync(server, "flame graph, one service, 8192 nodes", "SelectMergeStacktraces", Stacks(One, ",\"maxNodes\":8192"), 8, rounds, report);
        await AskAsync(server, "flame graph, all services", "SelectMergeStacktraces", Stacks("{}", ",\"maxNodes\":8192"), 100, rounds, report);
        await AskAsync(server, "flame graph of allocations, all services", "SelectMergeStacktraces",
            Stacks("{}", ",\"maxNodes\":8192").Replace(Cpu, "memory:alloc_space:bytes:space:bytes"), null, rounds, report);
        await AskAsync(server, "time series of all services by label", "SelectSeries", Stacks("{}", ",\"step\":15,\"groupBy\":[\"service_name\"]"), 8, rounds, report);
        await AskAsync(server, "pprof export, one service", "SelectMergeProfile", Stacks(One), 60, rounds, report);
        await AskAsync(server, "diff of two services", "Diff", $"{{\"left\":{Stacks(One)},\"right\":{Stacks(One.Replace("03", "04"))}}}", null, rounds, report);
    }

    private static async Task AskAsync(ServerProcess server, string what, string method, string body, double? bar, int rounds, Report report)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        // Equal questions have kept answers; what is measured is making one.
        http.DefaultRequestHeaders.CacheControl = new System.Net.Http.Headers.CacheControlHeaderValue { NoCache = true };
        var times = new List<double>();
        long bytes = 0;
        for (var i = 0; i < rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync($"/querier.v1.QuerierService/{method}", new StringContent(body, Encoding.UTF8, "application/json"));
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{what}: {answer.StatusCode}");
        }
        var first = times[0];
        times.Sort();
        var p50 = Measure.Percentile(times, .5);
        report.Line(what, $"p50 {p50:f1} ms", $"first {first:f1} ms, best {times[0]:f1} ms, {bytes / 1e3:f0} kB", bar is { } b ? $"<= {b} ms" : "", bar is { } limit ? p50 <= limit : null);
    }

    /// <summary>Where the server's memory is.</summary>
    private static async Task PrintGaugesAsync(ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        foreach (var line in (await http.GetStringAsync("/metrics")).Split('\n'))
            if (line.StartsWith("kagari_", StringComparison.Ordinal)) Console.WriteLine($"  {line}");
    }

    /// <summary>Gunzip per push of the mix that is replayed: half cpu, half allocs.</summary>
    private static double FloorSeconds(bool tiny)
    {
        double Of(string kind)
        {
            var files = LiveProfiles.Load(kind);
            return WritePathBench.GunzipSeconds(files, tiny ? 1 : 6) / files.Count;
        }
        return (Of("cpu") + Of("allocs")) / 2;
    }

    private static double SyncMilliseconds(string directory)
    {
        using var store = new Storage.LocalObjectStore(Path.Combine(directory, "sync"));
        using var file = store.Create("probe");
        var block = new byte[65_536];
        var times = new List<double>();
        for (var i = 0; i < 50; i++)
        {
            var started = Stopwatch.GetTimestamp();
            file.Append(block);
            file.Sync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        times.Sort();
        return Measure.Percentile(times, .5);
    }
}
