using Kagari.Bench.Harness;
using Kagari.Profiles;

namespace Kagari.Bench.Parsing;

/// <summary>Parsing against decompressing the same bytes: the floor that every pprof server pays.</summary>
internal static class PprofReaderBench
{
    public static void Run(bool tiny, Report report)
    {
        foreach (var kind in new[] { "cpu", "allocs" })
        {
            var files = LiveProfiles.Load(kind).Take(tiny ? 2 : 60).ToList();
            using var gunzip = new Gunzip();
            var plain = files.ConvertAll(f => Inflate(gunzip, f));
            using var reader = new PprofReader();
            var profile = new FlatProfile();
            var output = new FlatList<byte>();
            void Decompress()
            {
                foreach (var file in files)
                {
                    output.Clear();
                    gunzip.TryDecompress(file, ref output, 0, out _);
                }
            }
            void Parse()
            {
                foreach (var bytes in plain) reader.TryRead(bytes, profile, DecodeLimits.Default, out _);
            }
            var best = Measure.Best(tiny ? 1 : 40, Decompress, Parse);
            var megabytes = plain.Sum(p => (double)p.Length) / 1e6;
            report.Line($"parse {kind}", $"{megabytes / best[1]:f0} MB/s", $"{best[0] / best[1]:f2}x gunzip ({megabytes / best[0]:f0} MB/s)", ">= 1x gunzip",
                best[0] / best[1] >= 1);
            var garbage = Measure.Allocated(Parse) / plain.Count;
            report.Line($"parse {kind}, garbage", $"{garbage} B/profile", "", "0 B", garbage == 0);
        }
    }

    private static byte[] Inflate(Gunzip gunzip, byte[] file)
    {
        var output = new FlatList<byte>();
        if (!gunzip.TryDecompress(file, ref output, 0, out var error)) throw new InvalidDataException(error.Message);
        return output.Span.ToArray();
    }
}
