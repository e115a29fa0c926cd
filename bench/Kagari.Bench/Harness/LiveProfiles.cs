using Kagari.Testing;

namespace Kagari.Bench.Harness;

/// <summary>The real profiles that benchmarks replay: the shared recordings, else those that the project captured itself.</summary>
internal static class LiveProfiles
{
    /// <summary>All gzip profiles of a kind (<c>cpu</c>, <c>allocs</c>), in the order they were captured.</summary>
    public static IReadOnlyList<byte[]> Load(string kind)
    {
        var folder = Repository.SharedData is { } data ? Path.Combine(data, "live") : Path.Combine(Repository.Root, "testdata", "go");
        var files = Directory.GetFiles(folder, kind + "*.gz").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0 && kind == "allocs") files = [.. Directory.GetFiles(folder, "heap*.gz").Order(StringComparer.Ordinal)];
        if (files.Count == 0) throw new InvalidOperationException($"No profiles '{kind}*' in {folder}.");
        return [.. files.Select(File.ReadAllBytes)];
    }
}
