using System.Text.Json;

namespace Kagari.Profiles;

/// <summary>Decodes what Chrome's DevTools and <c>node --cpu-prof</c>, <c>--heap-prof</c> write: <c>.cpuprofile</c> and <c>.heapprofile</c>.</summary>
/// <remarks>
/// Format: docs/formats/v8-profiles.md, after the Profiler and HeapProfiler domains of the DevTools protocol. A CPU
/// profile becomes samples:count and wall:nanoseconds, because V8 samples idle time too; a heap profile inuse_space:bytes.
/// The document is parsed whole. Total: any bytes give a profile or an error.
/// </remarks>
public static class V8ProfileReader
{
    /// <summary>Calls are as deep as the engine's stack lets them be; JSON nests two levels for each.</summary>
    private const int JsonDepthMax = 1 << 16;

    /// <summary>Whether these bytes look like a profile of V8.</summary>
    public static bool IsV8Profile(ReadOnlySpan<byte> bytes) =>
        bytes.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && bytes.IndexOf("\"functionName\""u8) >= 0
        && (bytes.IndexOf("\"nodes\""u8) >= 0 || bytes.IndexOf("\"head\""u8) >= 0);

    /// <summary>Clears <paramref name="into"/> and fills it, with sample types, period type and duration; the time stays 0, because the files have none of the world.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, FlatProfile into, DecodeLimits limits, out ProfileError error)
    {
        into.Clear();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonDepthMax });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new FormatException("the document is no object");
            var writer = new V8ProfileWriter(into, limits);
            if (root.TryGetProperty("samples", out var samples) && samples.ValueKind == JsonValueKind.Array && !IsHeap(root)) ReadCpu(root, samples, writer);
            else if (IsHeap(root)) ReadHeap(root, writer);
            else throw new FormatException("there is neither a list of samples nor a head with sizes");
            return writer.TryFinish(out error);
        }
        // JSON's own complaint about texts that are no UTF-16 is an InvalidOperationException.
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            error = ProfileError.Malformed($"V8 profile: {e.Message}");
            return false;
        }
    }

    private static bool IsHeap(JsonElement root) =>
        root.TryGetProperty("head", out var head) && head.ValueKind == JsonValueKind.Object && head.TryGetProperty("selfSize", out _);

    private static void ReadHeap(JsonElement root, V8ProfileWriter writer)
    {
        var nodes = new V8Nodes();
        var sizes = new List<long>();
        nodes.ReadTree(root.GetProperty("head"), (_, node) => sizes.Add(NotNegative(JsonFields.Rounded(node.TryGetProperty("selfSize", out var size) ? size : default, "selfSize"), "selfSize")));
        writer.Begin(nodes, [("inuse_space", "bytes")], ("space", "bytes"));
        for (var node = 0; node < nodes.Count; node++)
            if (sizes[node] > 0) writer.Add(node, [sizes[node]]);
    }

    private static void ReadCpu(JsonElement root, JsonElement samples, V8ProfileWriter writer)
    {
        var nodes = new V8Nodes();
        if (root.TryGetProperty("nodes", out var list) && list.ValueKind == JsonValueKind.Array) nodes.ReadList(list, static (_, _) => { });
        else if (root.TryGetProperty("head", out var head)) nodes.ReadTree(head, static (_, _) => { });
        else throw new FormatException("nodes are missing");
        var times = TimesOf(root, samples.GetArrayLength());
        var counts = new long[nodes.Count];
        var micros = new long[nodes.Count];
        foreach (var (index, sample) in samples.EnumerateArray().Index())
        {
            var node = nodes.Find(sample, $"samples[{index}]");
            counts[node]++;
            // A sample lasts until the next one.
            micros[node] = Saturating.Add(micros[node], times[index + 1] - times[index]);
        }
        writer.Begin(nodes, [("samples", "count"), ("wall", "nanoseconds")], ("wall", "nanoseconds"));
        writer.DurationNanos = Nanos(times[^1] - times[0]);
        for (var node = 0; node < counts.Length; node++)
            if (counts[node] > 0) writer.Add(node, [counts[node], Nanos(micros[node])]);
    }

    /// <summary>When each sample was taken, and when the last one ended, in microseconds; never going back, as clocks of several cores do.</summary>
    private static long[] TimesOf(JsonElement root, int count)
    {
        var times = new long[count + 1];
        var has = 0;
        if (root.TryGetProperty("timeDeltas", out var deltas) && deltas.ValueKind == JsonValueKind.Array)
        {
            var at = JsonFields.OptionalInteger(root, "startTime");
            foreach (var (index, delta) in deltas.EnumerateArray().Index())
            {
                if (index == count) throw new FormatException($"{count} samples have {deltas.GetArrayLength()} timeDeltas");
                at = Saturating.Add(at, JsonFields.Rounded(delta, $"timeDeltas[{index}]"));
                times[has++] = at;
            }
        }
        else if (root.TryGetProperty("timestamps", out var stamps) && stamps.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, stamp) in stamps.EnumerateArray().Index())
            {
                if (index > count) throw new FormatException($"{count} samples have {stamps.GetArrayLength()} timestamps");
                times[has++] = JsonFields.Rounded(stamp, $"timestamps[{index}]");
            }
        }
        if (has < count) throw new FormatException($"{count} samples have {has} times");
        if (has == count) times[count] = JsonFields.OptionalInteger(root, "endTime");
        for (var i = 1; i < times.Length; i++) times[i] = Math.Max(times[i], times[i - 1]);
        return times[^1] - (decimal)times[0] <= long.MaxValue / 1000 ? times : throw new FormatException("the samples span more than 64 bits of nanoseconds");
    }

    private static long Nanos(long micros) => micros * 1000;

    private static long NotNegative(long value, string where) => value >= 0 ? value : throw new FormatException($"{where} is {value}; expected a size");
}
