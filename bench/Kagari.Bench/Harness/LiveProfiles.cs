using Kagari.Testing;

namespace Kagari.Bench.Harness;

/// <summary>The real profiles that benchmarks replay: the shared recordings, else those that the project captured itself.</summary>
internal static class LiveProfiles
{
    /// <summary>The profiles that a pod sends one after the other: those of one recorded process, in the order it made them.</summary>
    /// <remarks>Pods of a service are at different points of the recording, as they started at different times.</remarks>
    public static byte[] OfPod(IReadOnlyList<byte[]> files, int service, int pod, int number)
    {
        // The recordings are of two processes, half of the files each.
        var half = Math.Max(1, files.Count / 2);
        var process = (service + pod) % 2;
        return files[Math.Min(files.Count - 1, (process * half) + (((service * 7) + (pod * 3)) % 10 + number) % half)];
    }

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
