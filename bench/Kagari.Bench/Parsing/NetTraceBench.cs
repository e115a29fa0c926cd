using Kagari.Bench.Harness;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Bench.Parsing;

/// <summary>Reading a trace of the .NET runtime in pieces, as they come from a process, and as a file; against decompressing it.</summary>
internal static class NetTraceBench
{
    /// <summary>What a socket gives at once.</summary>
    private const int PieceBytes = 16 << 10;

    public static void Run(bool tiny, Report report)
    {
        var zipped = File.ReadAllBytes(Path.Combine(Repository.Root, "testdata", "dotnet", "workload.nettrace.gz"));
        using var gunzip = new Gunzip();
        var output = new FlatList<byte>();
        void Decompress()
        {
            output.Clear();
            gunzip.TryDecompress(zipped, ref output, 0, out _);
        }
        Decompress();
        var trace = output.Span.ToArray();
        var counter = new Counter();
        void Stream()
        {
            var reader = new NetTraceReader(counter);
            for (var at = 0; at < trace.Length; at += PieceBytes) reader.TryRead(trace.AsSpan(at, Math.Min(PieceBytes, trace.Length - at)), out _);
        }
        void Import() => NetTraceProfiles.TryRead(trace, DecodeLimits.Default, out _, out _, out _);
        var best = Measure.Best(tiny ? 1 : 100, Decompress, Stream, Import);
        var megabytes = trace.Length / 1e6;
        counter.Events = 0;
        var garbage = Measure.Allocated(Stream);
        var events = counter.Events / 2;   // it runs twice, once to warm up
        report.Line("nettrace, events", $"{megabytes / best[1]:f0} MB/s", $"{best[1] / events * 1e9:f0} ns an event; {best[0] / best[1]:f1}x gunzip", ">= 0.5x gunzip", best[0] / best[1] >= 0.5);
        // Buffers and descriptions of events once for a trace; nothing for an event.
        report.Line("nettrace, garbage of a trace", $"{garbage} B", $"{events} events", "< 500 kB", garbage < 500_000);
        report.Line("nettrace, profiles", $"{megabytes / best[2]:f0} MB/s", $"{Measure.Allocated(Import) / 1000} kB garbage", ">= 50 MB/s", megabytes / best[2] >= 50);
    }

    private sealed class Counter : INetTraceHandler
    {
        public long Events;

        public void OnTrace(in NetTraceInfo trace)
        {
        }

        public void OnEventType(NetTraceEventType type)
        {
        }

        public void OnEvent(in NetTraceEvent e) => Events++;
    }
}
