using System.Text;
using System.Text.Json;

namespace Kagari.Profiles;

/// <summary>Decodes flamebearer JSON: what <c>/pyroscope/render</c> and <c>/pyroscope/render-diff</c> answer, and old user interfaces save.</summary>
/// <remarks>
/// Format: docs/formats/flame-graph.md. A file of one graph is one profile, one that compares two is two. Nodes that were
/// cut are gone: what the file calls <c>other</c> stays a function. Total: any bytes give profiles or an error.
/// </remarks>
public static class FlamebearerReader
{
    private const int BarOfOne = 4, BarOfTwo = 7;

    /// <summary>Whether these bytes look like one.</summary>
    public static bool IsFlamebearer(ReadOnlySpan<byte> bytes) =>
        bytes.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && bytes.IndexOf("\"flamebearer\""u8) >= 0 && bytes.IndexOf("\"levels\""u8) >= 0;

    /// <summary>Decodes the graphs of a file into profiles with one sample type.</summary>
    /// <param name="json">The file.</param>
    /// <param name="limits">What is too much; deeper stacks lose leaf frames.</param>
    /// <param name="profiles">One, or <c>left</c> and <c>right</c>.</param>
    /// <param name="error">Names the level and the bar, and what is wrong.</param>
    public static bool TryRead(ReadOnlyMemory<byte> json, DecodeLimits limits, out IReadOnlyList<ImportedProfile> profiles, out ProfileError error)
    {
        var read = new List<ImportedProfile>();
        profiles = read;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("flamebearer", out var graph) || graph.ValueKind != JsonValueKind.Object)
                throw new FormatException("there is no object named flamebearer");
            var metadata = root.TryGetProperty("metadata", out var data) && data.ValueKind == JsonValueKind.Object ? data : graph;
            var format = JsonFields.Text(metadata, "format");
            if (format is not ("" or "single" or "double")) throw new FormatException($"metadata.format is '{format}'; expected single or double");
            var names = JsonFields.Array(graph, "names").EnumerateArray().Select((n, i) => n.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(JsonFields.TextOf(n)) : throw new FormatException($"names[{i}] is no text")).ToArray();
            var bars = Bars.Read(JsonFields.Array(graph, "levels"), format == "double" ? BarOfTwo : BarOfOne, names.Length);
            var type = TypeOf(metadata);
            for (var side = 0; side < (format == "double" ? 2 : 1); side++)
            {
                var profile = new FlatProfile();
                if (!bars.TryFill(side, names, profile, limits, out error)) return false;
                profile.SampleTypes.Add(new ValueType(profile.AddString(type.Type), profile.AddString(type.Unit)));
                read.Add(new ImportedProfile(format == "double" ? side == 0 ? "left" : "right" : "", profile));
            }
            error = ProfileError.None;
            return true;
        }
        // JSON's own complaint about texts that are no UTF-16 is an InvalidOperationException.
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            error = ProfileError.Malformed($"flamebearer: {e.Message}");
            return false;
        }
    }

    /// <summary>Units are words for axes; CPU time counts as samples of a nanosecond each.</summary>
    private static (string Type, string Unit) TypeOf(JsonElement metadata)
    {
        var name = JsonFields.Text(metadata, "name");
        var unit = JsonFields.Text(metadata, "units") switch
        {
            "samples" when JsonFields.OptionalInteger(metadata, "sampleRate") == 1_000_000_000 => "nanoseconds",
            "nanoseconds" or "lock_nanoseconds" => "nanoseconds",
            "bytes" => "bytes",
            _ => "count",
        };
        var isType = name.Length is > 0 and < 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        return (isType ? name : unit switch { "nanoseconds" => "time", "bytes" => "space", _ => "samples" }, unit);
    }

    /// <summary>The bars of all levels with their parents, found by their places.</summary>
    private sealed class Bars(int sides)
    {
        private FlatList<int> _parents, _names;
        private readonly FlatList<long>[] _selfs = new FlatList<long>[sides];

        public static Bars Read(JsonElement levels, int numbersPerBar, int nameCount)
        {
            var sides = numbersPerBar == BarOfTwo ? 2 : 1;
            var bars = new Bars(sides);
            var above = new List<(decimal Start, decimal End, int Node)>();
            foreach (var (level, array) in levels.EnumerateArray().Index())
            {
                if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() % numbersPerBar != 0)
                    throw new FormatException($"levels[{level}] is no list with {numbersPerBar} numbers a bar");
                above = bars.ReadLevel(array, level, numbersPerBar, nameCount, above);
                if (level == 0 && above.Count > 1) throw new FormatException("levels[0] has more than one bar");
            }
            return bars;
        }

        public bool TryFill(int side, byte[][] names, FlatProfile into, DecodeLimits limits, out ProfileError error)
        {
            using var stacks = StackCollector.Shared;
            if (!stacks.TryBegin(0, into, limits, out error)) return false;
            var sums = CutAt(limits.DepthMax, side);
            var frames = new int[names.Length];
            var path = new List<int>();
            // A small file can be deep and wide at once: as many frames as folded text of the limit would have.
            var framesLeft = limits.BytesMax > 0 ? limits.BytesMax / 2 : long.MaxValue;
            for (var bar = 0; bar < _parents.Count; bar++)
            {
                if (sums[bar] == 0) continue;
                path.Clear();
                // The bar of level 0 is everything, and no function.
                for (var at = bar; at > 0; at = _parents[at])
                {
                    ref var frame = ref frames[_names[at]];
                    if (frame == 0) frame = stacks.Frame(names[_names[at]]) + 1;
                    path.Add(frame - 1);
                }
                if ((framesLeft -= path.Count) < 0)
                {
                    error = new ProfileError(ProfileErrorKind.TooLarge, $"flamebearer: its stacks have more than {limits.BytesMax / 2} frames");
                    return false;
                }
                path.Reverse();
                if (!stacks.TryAddStack(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(path), sums[bar], out error)) return false;
            }
            return true;
        }

        /// <summary>The own values of one side; those of bars that are too deep belong to the deepest bar above that is not.</summary>
        private long[] CutAt(int depthMax, int side)
        {
            var sums = _selfs[side].Span.ToArray();
            if (depthMax <= 0) return sums;
            var depths = new int[sums.Length];
            var kept = new int[sums.Length];
            for (var bar = 0; bar < sums.Length; bar++)
            {
                // Parents come first.
                depths[bar] = bar == 0 ? 0 : depths[_parents[bar]] + 1;
                kept[bar] = depths[bar] <= depthMax ? bar : kept[_parents[bar]];
                if (kept[bar] == bar) continue;
                sums[kept[bar]] = Saturating.Add(sums[kept[bar]], sums[bar]);
                sums[bar] = 0;
            }
            return sums;
        }

        private List<(decimal Start, decimal End, int Node)> ReadLevel(
            JsonElement level, int index, int numbersPerBar, int nameCount, List<(decimal Start, decimal End, int Node)> above)
        {
            var found = new List<(decimal Start, decimal End, int Node)>();
            var numbers = level.EnumerateArray().Select(n => JsonFields.Rounded(n, $"levels[{index}]")).ToArray();
            // Both sides of a comparison stand beside each other: their places are added up.
            var at = 0m;
            var parent = 0;
            for (var bar = 0; bar < numbers.Length; bar += numbersPerBar)
            {
                var width = 0m;
                for (var side = 0; side < _selfs.Length; side++)
                {
                    var (offset, total, self) = (numbers[bar + (3 * side)], numbers[bar + (3 * side) + 1], numbers[bar + (3 * side) + 2]);
                    if (offset < 0 || total < 0 || self < 0 || self > total) throw new FormatException($"levels[{index}]: bar {bar / numbersPerBar} has offset {offset}, total {total}, self {self}");
                    at += offset;
                    width += total;
                    _selfs[side].Add(self);
                }
                var name = numbers[bar + numbersPerBar - 1];
                if (name < 0 || name >= nameCount) throw new FormatException($"levels[{index}]: bar {bar / numbersPerBar} has name {name} of {nameCount}");
                while (parent < above.Count && above[parent].End < at + width) parent++;
                if (index > 0 && (parent == above.Count || above[parent].Start > at)) throw new FormatException($"levels[{index}]: bar {bar / numbersPerBar} lies under no bar of the level above");
                _parents.Add(index == 0 ? -1 : above[parent].Node);
                _names.Add((int)name);
                found.Add((at, at + width, _parents.Count - 1));
                at += width;
            }
            return found;
        }
    }
}
