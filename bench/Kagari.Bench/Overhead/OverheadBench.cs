using System.Globalization;
using Kagari.Bench.Harness;
using Kagari.Client;

namespace Kagari.Bench.Overhead;

/// <summary>What the SDK costs a busy web application: requests per second of its CPU time, with and without; its start; its memory.</summary>
/// <remarks>
/// A shared machine is noisier than what is measured. So kinds are switched while one process runs, slices alternate, and
/// each is compared with its neighbour without. Beside it stands what noise cannot blur: the CPU time of the profiler's own
/// threads, as the scheduler counts it. The first has all costs and noise, the second neither those on the application's
/// own threads nor noise.
/// </remarks>
internal static class OverheadBench
{
    private const int Connections = 8;
    private const ProfileKinds CpuAllocationsLocks = ProfileKinds.Cpu | ProfileKinds.Allocations | ProfileKinds.Locks;

    /// <param name="tiny">Only shows that it works.</param>
    /// <param name="onlyStart">Ends after the start: what is measured again and again while it is worked on.</param>
    /// <param name="report">Where the lines go.</param>
    public static async Task RunAsync(bool tiny, bool onlyStart, Report report)
    {
        using var sink = new PushSinkServer();
        await StartAsync(tiny, sink, report);
        if (onlyStart) return;
        await MemoryAsync(tiny, sink, report);
        await SlicesAsync(tiny, sink, report, nameof(CpuSource.PerfEvents), (ProfileKinds.Cpu, 0.5), (CpuAllocationsLocks, 1.5), (ProfileKinds.Default, 0));
        await SlicesAsync(tiny, sink, report, nameof(CpuSource.Sampler), (ProfileKinds.Cpu, 1));
        report.Line("overhead, uploads taken", $"{sink.Uploads}", $"{sink.Bytes / 1e6:f1} MB", "", null);
    }

    /// <summary>CPU time of a start and the first twelve seconds, with the first upload, while a few requests a second come.</summary>
    /// <remarks>
    /// Without requests the runtime would never compile the application's own code fully, and that of the libraries that it
    /// shares with the profiler would all count as the profiler's.
    /// </remarks>
    private static async Task StartAsync(bool tiny, PushSinkServer sink, Report report)
    {
        var (without, with, early) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < (tiny ? 1 : 7); round++)
        {
            using var plain = await WebAppProcess.StartAsync(WebAppProcess.WithoutSdk, sink.Url);
            using var profiled = await WebAppProcess.StartAsync(nameof(CpuSource.Auto), sink.Url);
            for (var tenth = 0; tenth < (tiny ? 2 : 120); tenth++)
            {
                foreach (var app in (ReadOnlySpan<WebAppProcess>)[plain, profiled]) HttpLoad.Ask(app.Url, 5);
                await Task.Delay(TimeSpan.FromSeconds(0.1));
                if (tenth == (tiny ? 0 : 50)) early.Add((profiled.CpuNanos - plain.CpuNanos) / 1e6);
            }
            without.Add(plain.CpuNanos / 1e6);
            with.Add(profiled.CpuNanos / 1e6);
        }
        var added = with.Zip(without, (w, o) => w - o).Order().ToList();
        report.Line("overhead, start, with the first upload", $"{Median(added):f0} ms of CPU", $"{Median(without):f0} ms without; {Median(early):f0} ms more before the first upload; runs {added[0]:f0} to {added[^1]:f0}", "adds <= 150 ms", Median(added) <= 150);
    }

    /// <summary>Resident memory after a minute of load, of two processes side by side.</summary>
    private static async Task MemoryAsync(bool tiny, PushSinkServer sink, Report report)
    {
        var (without, added) = (new List<double>(), new List<double>());
        for (var round = 0; round < (tiny ? 1 : 3); round++)
        {
            using var plain = await WebAppProcess.StartAsync(WebAppProcess.WithoutSdk, sink.Url);
            using var profiled = await WebAppProcess.StartAsync(nameof(CpuSource.Auto), sink.Url);
            var (rss, plainRss) = (new List<double>(), new List<double>());
            using (new HttpLoad(plain.Url, Connections / 2))
            using (new HttpLoad(profiled.Url, Connections / 2))
            {
                await Task.Delay(TimeSpan.FromSeconds(tiny ? 0.2 : 50));
                // Collections come and go: ten looks in as many seconds.
                for (var look = 0; look < 10; look++)
                {
                    await Task.Delay(TimeSpan.FromSeconds(tiny ? 0.01 : 1));
                    plainRss.Add(plain.ResidentBytes / 1e6);
                    rss.Add(profiled.ResidentBytes / 1e6);
                }
            }
            without.Add(Median(plainRss));
            added.Add(Median(rss) - Median(plainRss));
        }
        report.Line("overhead, resident after 60 s of load", $"{Median(added):f0} MB more", $"{Median(without):f0} MB without; runs {string.Join(' ', added.Select(a => $"{a:+0;-0}"))}", "<= 25 MB more", Median(added) <= 25);
    }

    private static async Task SlicesAsync(bool tiny, PushSinkServer sink, Report report, string source, params (ProfileKinds Kinds, double Percent)[] modes)
    {
        var seconds = tiny ? 0.2 : 10;
        var rounds = tiny ? 1 : 6;
        using var app = await WebAppProcess.StartAsync(source, sink.Url);
        using var load = new HttpLoad(app.Url, Connections);
        var (ratios, own, random) = (modes.Select(_ => new List<double>()).ToArray(), modes.Select(_ => new List<double>()).ToArray(), new Random(1));
        var idle = new List<double>();
        await Task.Delay(TimeSpan.FromSeconds(tiny ? 0.1 : 15));   // compiled
        for (var round = 0; round < rounds; round++)
        {
            var order = Enumerable.Range(0, modes.Length).ToArray();
            random.Shuffle(order);
            foreach (var mode in order)
            {
                // Without, with, without: what drifts meanwhile cancels.
                var before = await SliceAsync(app, load, ProfileKinds.None, seconds / 2);
                var with = await SliceAsync(app, load, modes[mode].Kinds, seconds);
                var after = await SliceAsync(app, load, ProfileKinds.None, seconds / 2);
                ratios[mode].Add(100 * (1 - (with.PerCpuSecond * 2 / (before.PerCpuSecond + after.PerCpuSecond))));
                own[mode].Add(with.OwnPercent);
                idle.Add((before.OwnPercent + after.OwnPercent) / 2);
            }
        }
        for (var mode = 0; mode < modes.Length; mode++)
        {
            var (kinds, bar) = modes[mode];
            var loss = ratios[mode].Order().ToList();
            var median = Median(loss);
            report.Line($"overhead, {kinds} ({source})", $"{median:f2} %", $"own threads {Median(own[mode]):f2} % ({Median(idle):f2} % while off); quartiles {Measure.Percentile(loss, .25):f2} to {Measure.Percentile(loss, .75):f2} % of {loss.Count} slices",
                bar > 0 ? string.Create(CultureInfo.InvariantCulture, $"<= {bar} %") : "", bar > 0 ? median <= bar : null);
        }
    }

    private static async Task<(double PerCpuSecond, double OwnPercent)> SliceAsync(WebAppProcess app, HttpLoad load, ProfileKinds kinds, double seconds)
    {
        await app.SwitchAsync(kinds);
        await Task.Delay(TimeSpan.FromSeconds(seconds / 20));   // sessions start and end
        var (requests, cpu, (own, live)) = (load.Requests, app.CpuNanos, app.ThreadNanos());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (requestsNow, cpuNow, (ownNow, liveNow)) = (load.Requests, app.CpuNanos, app.ThreadNanos());
        // Threads that end within a slice are those of the sampler's bursts: the application keeps its own.
        var ended = Math.Max(0, cpuNow - cpu - (liveNow - live));
        return ((requestsNow - requests) / ((cpuNow - cpu) / 1e9), 100.0 * (ownNow - own + ended) / (cpuNow - cpu));
    }

    private static double Median(IEnumerable<double> values) => Measure.Percentile([.. values.Order()], .5);
}
