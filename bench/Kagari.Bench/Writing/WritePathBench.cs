using System.Diagnostics;
using Kagari.Bench.Harness;
using Kagari.Profiles;
using Kagari.Server.Hosting;
using Kagari.Server.Ingest;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Storage;
using Kagari.Testing;

namespace Kagari.Bench.Writing;

/// <summary>The write path without HTTP: gunzip, parse, split, intern, encode, log, fdatasync; CPU of the whole process over gunzip alone.</summary>
internal static class WritePathBench
{
    private const int Rounds = 30;

    public static async Task RunAsync(bool tiny, Report report)
    {
        foreach (var kind in new[] { "cpu", "allocs" })
        {
            var files = LiveProfiles.Load(kind).Take(tiny ? 2 : 60).ToList();
            var floor = GunzipSeconds(files, tiny ? 1 : 8);
            using var directory = new TemporaryDirectory();
            var metrics = new ServerMetrics("bench");
            using var store = new LocalObjectStore(directory.Path);
            using var catalogue = await ManifestCatalogue.OpenAsync(store, TimeProvider.System, _ => { }, default);
            using var log = await SegmentLog.OpenAsync(store, catalogue.LastLogNumber, default);
            await using var ingester = new Ingester(log, catalogue, new IngesterOptions(), TimeProvider.System, r => throw new IOException(r.Message));
            var distributor = new Distributor(ingester, new StaticLimits(new TenantLimits { RejectOlderThan = default, RejectNewerThan = default }), metrics, TimeProvider.System);
            var labels = LabelSet.Of([(LabelNames.Name, kind == "cpu" ? "process_cpu" : "memory"), (LabelNames.ServiceName, "bench"), ("pod", "p")]);
            var best = double.MaxValue;
            for (var round = 0; round < (tiny ? 1 : Rounds); round++)
            {
                var before = Process.GetCurrentProcess().TotalProcessorTime;
                // Groups of ten, as a segment of a busy server has.
                foreach (var group in files.Chunk(10)) await Task.WhenAll(group.Select(f => distributor.TakePprof("t", labels, f)));
                var seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
                if (round > 1 || tiny) best = Math.Min(best, seconds);
            }
            report.Line($"write path to the segment, {kind}", $"{best / files.Count * 1e6:f0} us CPU", $"{best / floor:f2}x gunzip ({floor / files.Count * 1e6:f0} us)", "<= 4x gunzip", best / floor <= 4);
        }
    }

    /// <summary>Best CPU seconds to decompress all files once.</summary>
    public static double GunzipSeconds(IReadOnlyList<byte[]> files, int rounds)
    {
        using var gunzip = new Gunzip();
        var output = new FlatList<byte>();
        return Measure.Best(rounds * 2, () =>
        {
            foreach (var file in files)
            {
                output.Clear();
                gunzip.TryDecompress(file, ref output, 0, out _);
            }
        })[0];
    }
}
