using System.IO.Compression;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Jfr;

/// <summary>Recordings of real profilers, and what the peer's reader finds in them (shared data, jfr/).</summary>
internal static class JfrRecordings
{
    public static readonly string[] All = ["FastSlow_2024_01_16_180855", "async-profiler", "dd-trace-java", "dump1", "nativemem", "uint64-ref-id", "wall"];

    /// <summary>A recording, decompressed.</summary>
    public static byte[] Read(string name)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(Repository.Shared("jfr"), name + ".jfr.gz")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Names of the files with what a recording holds, one for each kind.</summary>
    public static string[] Expected(string name) =>
        [.. Directory.GetFiles(Repository.Shared("jfr"), $"{name}_?_*.txt.gz").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>Stacks and values of such a file (which is plain text whatever its name says), line −1 being 0 as in our profiles.</summary>
    public static string[] Stacks(string file) =>
        [.. File.ReadAllLines(Path.Combine(Repository.Shared("jfr"), file))
            .Where(line => line.Length > 0)
            .Select(line => line.Replace(":4294967295;", ":0;").Replace(":4294967295 [", ":0 ["))
            .GroupBy(line => line[..line.LastIndexOf('[')], line => Values(line), StringComparer.Ordinal)
            .Select(lines => $"{lines.Key}[{string.Join(' ', Enumerable.Range(0, lines.First().Length).Select(i => lines.Sum(v => v[i])))}]")
            .Order(StringComparer.Ordinal)];

    /// <summary>The same of a profile.</summary>
    public static string[] Stacks(FlatProfile profile) =>
        [.. Enumerable.Range(0, profile.Samples.Count)
            .Select(i => $"{string.Join(';', profile.StackOf(profile.Samples[i]).ToArray().Reverse().Select(l => Frame(profile, l)))} [{string.Join(' ', profile.ValuesOf(i).ToArray())}]")
            .Order(StringComparer.Ordinal)];

    private static string Frame(FlatProfile profile, int location)
    {
        var line = profile.Lines[profile.Locations[location].LineStart];
        return $"{profile.GetString(profile.Functions[line.Function].Name)}:{line.LineNumber}";
    }

    private static long[] Values(string line) => [.. line[(line.LastIndexOf('[') + 1)..^1].Split(' ').Select(long.Parse)];
}
