using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Kagari.Profiles;

/// <summary>Decodes speedscope files: JSON with a table of frames and any number of profiles, evented or sampled.</summary>
/// <remarks>
/// Format: docs/formats/speedscope.md, after https://www.speedscope.app/file-format-schema.json. The frames may stand
/// behind the profiles, so the document is parsed whole; it takes about three times its bytes until disposed. Values of
/// time units are exact nanoseconds: weights are read as decimal numbers, never as binary fractions. Total: any bytes give
/// profiles or an error. Not thread safe.
/// </remarks>
public sealed class SpeedscopeReader : IDisposable
{
    private const string Schema = "https://www.speedscope.app/file-format-schema.json";

    private static readonly Dictionary<string, (SpeedscopeUnit Unit, decimal Factor)> Units = new(StringComparer.Ordinal)
    {
        ["none"] = (SpeedscopeUnit.None, 1),
        ["nanoseconds"] = (SpeedscopeUnit.Nanoseconds, 1),
        ["microseconds"] = (SpeedscopeUnit.Nanoseconds, 1_000),
        ["milliseconds"] = (SpeedscopeUnit.Nanoseconds, 1_000_000),
        ["seconds"] = (SpeedscopeUnit.Nanoseconds, 1_000_000_000),
        ["bytes"] = (SpeedscopeUnit.Bytes, 1),
    };

    private readonly JsonDocument _document;
    private readonly JsonElement[] _parts;
    private readonly byte[][] _frames;

    private SpeedscopeReader(JsonDocument document, JsonElement[] parts, byte[][] frames, List<SpeedscopeProfile> profiles)
    {
        (_document, _parts, _frames) = (document, parts, frames);
        Profiles = profiles;
    }

    /// <summary>The profiles; those with equal name, type, unit and start are one.</summary>
    public IReadOnlyList<SpeedscopeProfile> Profiles { get; }

    /// <summary>Whether these bytes look like a speedscope file: an object that names the schema near its start or anywhere.</summary>
    public static bool IsSpeedscope(ReadOnlySpan<byte> bytes) =>
        bytes.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && bytes.IndexOf("speedscope.app/file-format-schema.json"u8) >= 0;

    /// <summary>Parses a file; its profiles are decoded one by one afterwards.</summary>
    /// <param name="json">The bytes; must stay as they are until the reader is disposed.</param>
    /// <param name="reader">The reader, to be disposed.</param>
    /// <param name="error">Says what in the file is wrong.</param>
    public static bool TryOpen(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out SpeedscopeReader? reader, out ProfileError error)
    {
        reader = null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException e)
        {
            error = ProfileError.Malformed($"speedscope: {e.Message}");
            return false;
        }
        try
        {
            reader = Open(document);
            error = ProfileError.None;
            return true;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            document.Dispose();
            error = ProfileError.Malformed($"speedscope: {e.Message}");
            return false;
        }
    }

    /// <summary>Clears <paramref name="into"/> and fills it: one value per sample, equal stacks are one sample. The caller sets sample types and period.</summary>
    /// <param name="profile">One of <see cref="Profiles"/>.</param>
    /// <param name="into">The profile; undefined after a failure.</param>
    /// <param name="limits">Deeper stacks lose leaf frames, longer names their head; the other bounds refuse.</param>
    /// <param name="error">Names the profile, the sample or event, and what is wrong.</param>
    public bool TryRead(SpeedscopeProfile profile, FlatProfile into, DecodeLimits limits, out ProfileError error)
    {
        using var stacks = StackCollector.Shared;
        // What the file has in bytes was bounded by whoever read it; the limit is for what stands in the profile.
        if (!stacks.TryBegin(0, into, limits, out error)) return false;
        var locations = new int[_frames.Length];
        foreach (var part in profile.Parts)
        {
            try
            {
                var read = TypeOf(_parts[part]) == "sampled"
                    ? TryReadSampled(_parts[part], locations, stacks, limits, out error)
                    : TryReadEvented(_parts[part], locations, stacks, limits, out error);
                if (!read) return false;
            }
            // JSON's own complaint about texts that are no UTF-16 is an InvalidOperationException.
            catch (Exception e) when (e is FormatException or InvalidOperationException)
            {
                error = ProfileError.Malformed($"speedscope: profiles[{part}]: {e.Message}");
                return false;
            }
        }
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private static SpeedscopeReader Open(JsonDocument document)
    {
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("the document is no object");
        var schema = JsonFields.Text(root, "$schema");
        if (schema != Schema) throw new FormatException($"$schema is '{schema}'; expected '{Schema}'");
        if (!root.TryGetProperty("shared", out var shared) || shared.ValueKind != JsonValueKind.Object) throw new FormatException("shared is missing");
        var frames = JsonFields.Array(shared, "frames").EnumerateArray().Select((f, i) => Name(f, i)).ToArray();
        var parts = JsonFields.Array(root, "profiles").EnumerateArray().ToArray();
        var groups = new Dictionary<(string Name, string Type, string Unit, string Start), List<int>>();
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (part.ValueKind != JsonValueKind.Object) throw new FormatException($"profiles[{i}] is no object");
            var (type, unit) = (TypeOf(part), JsonFields.Text(part, "unit"));
            if (type is not ("evented" or "sampled")) throw new FormatException($"profiles[{i}].type is '{type}'; expected evented or sampled");
            if (!Units.ContainsKey(unit)) throw new FormatException($"profiles[{i}].unit is '{unit}'; expected one of {string.Join(", ", Units.Keys)}");
            var key = (JsonFields.Text(part, "name"), type, unit, part.TryGetProperty("startValue", out var start) ? JsonFields.Raw(start) : "0");
            if (!groups.TryGetValue(key, out var group)) groups.Add(key, group = []);
            group.Add(i);
        }
        return new SpeedscopeReader(document, parts, frames, [.. groups.Select(g => new SpeedscopeProfile(g.Key.Name, Units[g.Key.Unit].Unit, g.Value))]);

        static byte[] Name(JsonElement frame, int index)
        {
            if (frame.ValueKind != JsonValueKind.Object || !frame.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
                throw new FormatException($"shared.frames[{index}] has no name");
            return Encoding.UTF8.GetBytes(JsonFields.TextOf(name));
        }
    }

    /// <summary>Stacks root first, each with its weight.</summary>
    private bool TryReadSampled(JsonElement part, int[] locations, StackCollector stacks, DecodeLimits limits, out ProfileError error)
    {
        var factor = Units[JsonFields.Text(part, "unit")].Factor;
        var samples = JsonFields.Array(part, "samples");
        var weights = JsonFields.Array(part, "weights");
        if (samples.GetArrayLength() != weights.GetArrayLength())
            throw new FormatException($"{samples.GetArrayLength()} samples have {weights.GetArrayLength()} weights");
        var path = new List<int>();
        error = ProfileError.None;
        foreach (var (index, (sample, weight)) in samples.EnumerateArray().Zip(weights.EnumerateArray()).Index())
        {
            if (sample.ValueKind != JsonValueKind.Array) throw new FormatException($"samples[{index}] is no list of frames");
            path.Clear();
            foreach (var frame in sample.EnumerateArray())
            {
                var number = Frame(frame, $"samples[{index}]");
                if (limits.DepthMax == 0 || path.Count < limits.DepthMax) path.Add(LocationOf(number, locations, stacks));
            }
            var value = Value(Number(weight, $"weights[{index}]") * factor, $"weights[{index}]");
            if (value > 0 && path.Count > 0 && !stacks.TryAddStack(CollectionsMarshal.AsSpan(path), value, out error)) return false;
        }
        return true;
    }

    /// <summary>Frames open and close; the time between two events belongs to what is open.</summary>
    private bool TryReadEvented(JsonElement part, int[] locations, StackCollector stacks, DecodeLimits limits, out ProfileError error)
    {
        var factor = Units[JsonFields.Text(part, "unit")].Factor;
        var open = new List<int>();     // frames
        var path = new List<int>();     // their locations
        decimal? last = null;
        error = ProfileError.None;
        foreach (var (index, item) in JsonFields.Array(part, "events").EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("at", out var time)) throw new FormatException($"events[{index}] has no time");
            var at = Number(time, $"events[{index}].at");
            if (!TryAdvance(at, $"events[{index}].at", out error)) return false;
            var frame = Frame(item.TryGetProperty("frame", out var number) ? number : default, $"events[{index}]");
            switch (TypeOf(item))
            {
                case "O":
                    open.Add(frame);
                    path.Add(LocationOf(frame, locations, stacks));
                    break;
                case "C" when open.Count > 0 && open[^1] == frame:
                    open.RemoveAt(open.Count - 1);
                    path.RemoveAt(path.Count - 1);
                    break;
                case "C":
                    throw new FormatException($"events[{index}] closes frame {frame}, but {(open.Count == 0 ? "none is open" : $"frame {open[^1]} is the innermost open one")}");
                case var type:
                    throw new FormatException($"events[{index}].type is '{type}'; expected O or C");
            }
        }
        // What is still open lasts until the end of the profile.
        return !part.TryGetProperty("endValue", out var end) || open.Count == 0 || TryAdvance(Number(end, "endValue"), "endValue", out error);

        bool TryAdvance(decimal at, string where, out ProfileError failed)
        {
            failed = ProfileError.None;
            var passed = at - (last ?? at);
            last = at;
            if (passed < 0) throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{where} is {at}, before the event before it"));
            var value = Value(passed * factor, where);
            if (value == 0 || path.Count == 0) return true;
            var kept = CollectionsMarshal.AsSpan(path);
            return stacks.TryAddStack(limits.DepthMax > 0 && kept.Length > limits.DepthMax ? kept[..limits.DepthMax] : kept, value, out failed);
        }
    }

    /// <summary>The location of a frame; its name is looked up once per profile.</summary>
    private int LocationOf(int frame, int[] locations, StackCollector stacks)
    {
        if (locations[frame] == 0) locations[frame] = stacks.Frame(_frames[frame]) + 1;
        return locations[frame] - 1;
    }

    private int Frame(JsonElement element, string where) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var frame) && (uint)frame < (uint)_frames.Length
            ? frame
            : throw new FormatException($"{where} names frame {JsonFields.Short(element)}; there are {_frames.Length}");

    private static decimal Number(JsonElement element, string where) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number) && Math.Abs(number) <= long.MaxValue
            ? number
            : throw new FormatException($"{where} is {JsonFields.Short(element)}; expected a number of at most 64 bits");

    private static long Value(decimal value, string where) =>
        value >= 0 && value <= long.MaxValue ? (long)decimal.Round(value) : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{where}: {value} is negative or more than 64 bits hold"));

    private static string TypeOf(JsonElement element) => JsonFields.Text(element, "type");
}
