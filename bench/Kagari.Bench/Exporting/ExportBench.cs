using System.Buffers;
using System.IO.Compression;
using Kagari.Bench.BlackBox;
using Kagari.Bench.Compacting;
using Kagari.Bench.Harness;
using Kagari.Query;
using Kagari.Server.Export;

namespace Kagari.Bench.Exporting;

/// <summary>Every sample of an hour of real profiles: Parquet against CSV with gzip, and the scan alone as the floor of both.</summary>
internal static class ExportBench
{
    private static readonly DateTimeOffset Hour = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(bool tiny, Report report)
    {
        foreach (var kind in new[] { "cpu", "allocs" })
        {
            await using var store = await BenchStore.OpenAsync();
            var files = LiveProfiles.Load(kind);
            for (var i = 0; i < (tiny ? 20 : kind == "cpu" ? 400 : 100); i++)
                await store.TakeAsync(kind, $"service-{i % 4}", $"pod-{i / 4 % 5}", Replay.Retimed(LiveProfiles.OfPod(files, i % 4, i / 4 % 5, i / 20), ((Hour.ToUnixTimeMilliseconds() + (i * 8_000L)) * 1_000_000L) + i));
            await store.CompactAsync(Hour.AddDays(2));
            Compare(kind, new QueryEngine(store.Catalogue, store.Datasets), tiny, report);
        }
    }

    private static void Compare(string kind, QueryEngine engine, bool tiny, Report report)
    {
        var query = new SeriesQuery(["t"], long.MinValue, long.MaxValue, Selector.All);
        long rows = 0;
        void Scan(SampleHandler handler) => engine.ExportAsync(query, handler, default).GetAwaiter().GetResult();
        void Count()
        {
            rows = 0;
            Scan((in _) => rows++);
        }
        long Write(Stream into, Func<IBufferWriter<byte>, ISampleWriter> begin)
        {
            var output = new ArrayBufferWriter<byte>();
            long bytes = 0;
            using var writer = begin(output);
            void Flush()
            {
                into.Write(output.WrittenSpan);
                bytes += output.WrittenCount;
                output.ResetWrittenCount();
            }
            Scan((in sample) =>
            {
                writer.Write(sample);
                if (output.WrittenCount >= 256 << 10) Flush();
            });
            writer.Finish();
            Flush();
            return bytes;
        }
        long csv = 0, csvGzip = 0, zstd = 0, gzip = 0;
        void CsvGzip()
        {
            using var bytes = new MemoryStream();
            using (var compress = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true)) csv = Write(compress, o => new LineWriter(o, ExportFormat.Csv));
            csvGzip = bytes.Length;
        }
        void Parquet(ParquetCodec codec, out long bytes) => bytes = Write(Stream.Null, o => new ParquetSampleWriter(o, codec, new ParquetLimits()));
        var best = Measure.Best(tiny ? 1 : 4, Count, CsvGzip, () => Parquet(ParquetCodec.Zstd, out zstd), () => Parquet(ParquetCodec.Gzip, out gzip), () => Write(Stream.Null, o => new LineWriter(o, ExportFormat.Csv)));
        report.Line($"{kind}: scan alone", $"{rows / best[0] / 1e3:f0} k rows/s", $"{rows} rows", "", null);
        report.Line($"{kind}: csv", $"{rows / best[4] / 1e3:f0} k rows/s", $"{(double)csv / rows:f0} B/row", "", null);
        report.Line($"{kind}: csv + gzip", $"{rows / best[1] / 1e3:f0} k rows/s", $"{(double)csvGzip / rows:f1} B/row", "", null);
        report.Line($"{kind}: parquet, zstd", $"{rows / best[2] / 1e3:f0} k rows/s", $"{(double)zstd / rows:f1} B/row", "< csv + gzip", zstd < csvGzip && best[2] < best[1]);
        report.Line($"{kind}: parquet, gzip", $"{rows / best[3] / 1e3:f0} k rows/s", $"{(double)gzip / rows:f1} B/row", "< csv + gzip", gzip < csvGzip && best[3] < best[1]);
    }
}
