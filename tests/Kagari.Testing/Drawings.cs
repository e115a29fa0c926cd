using System.Buffers;
using System.Globalization;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Testing;

/// <summary>Profiles as drawings: <c>a;b 1 | a;c 2</c> is two stacks, root first, with their values.</summary>
/// <remarks>
/// With several sample types, <c>a;b 1,10</c>; with labels, <c>a;b 1 {k=v, size=64 bytes}</c>, where a value that starts
/// with a digit is a number, with its unit. The last space before the labels ends the stack, so frames may have
/// spaces. Reading and drawing share no code with the decoders that they test.
/// </remarks>
public static class Drawings
{
    /// <summary>A profile with one value per sample and no sample types, as the text decoders leave it.</summary>
    public static FlatProfile Folded(string drawing)
    {
        var profile = new FlatProfile();
        profile.Clear();
        var strings = new Dictionary<string, int> { [""] = 0 };
        var frames = new Dictionary<string, int>();
        foreach (var sample in Samples(drawing)) Add(profile, sample, strings, frames);
        return profile;
    }

    /// <summary>A profile with these sample types (<c>cpu:nanoseconds</c>) and a value of each per sample.</summary>
    public static FlatProfile Profile(string drawing, params string[] sampleTypes)
    {
        var profile = Folded(drawing);
        foreach (var type in sampleTypes)
        {
            var parts = type.Split(':');
            profile.SampleTypes.Add(new Profiles.ValueType(profile.AddString(parts[0]), profile.AddString(parts[1])));
        }
        return profile;
    }

    /// <summary>The bytes of <see cref="Profile"/> as uncompressed pprof.</summary>
    public static byte[] Pprof(string drawing, params string[] sampleTypes)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PprofWriter.Write(Profile(drawing, sampleTypes), bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A tree with the values of a drawing.</summary>
    public static FunctionTree Tree(string drawing, NameTable? names = null)
    {
        var tree = new FunctionTree(names ?? new NameTable());
        foreach (var sample in Samples(drawing))
        {
            var node = 0;
            foreach (var frame in sample.Frames) node = tree.Child(node, tree.Names.Intern(frame));
            tree.Add(node, sample.Values[0]);
        }
        return tree;
    }

    /// <summary>The functions of a profile as a tree, by one of its values.</summary>
    public static FunctionTree TreeOf(FlatProfile profile, int value = 0)
    {
        var tree = new FunctionTree();
        var types = Math.Max(profile.SampleTypes.Count, 1);
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            var node = 0;
            foreach (var frame in FramesOf(profile, profile.Samples[i])) node = tree.Child(node, tree.Names.Intern(frame));
            tree.Add(node, profile.Values[(i * types) + value]);
        }
        return tree;
    }

    /// <summary>The stacks of a tree with a value, sorted: trees with equal drawings have equal values.</summary>
    public static string Draw(FunctionTree tree)
    {
        var paths = new string[tree.Count];
        var lines = new List<string>();
        for (var node = 0; node < tree.Count; node++)
        {
            if (node == 0) paths[0] = "";
            else
            {
                var parent = tree.Parents[node];
                var name = tree.Names.GetString(tree.NameIds[node]);
                paths[node] = parent == 0 ? name : paths[parent] + ";" + name;
            }
            if (tree.Selfs[node] != 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"{paths[node]} {tree.Selfs[node]}"));
        }
        return Join(lines);
    }

    /// <summary>The samples of a profile, sorted, with all values and labels.</summary>
    public static string Draw(FlatProfile profile)
    {
        var types = Math.Max(profile.SampleTypes.Count, 1);
        var lines = new List<string>();
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            var sample = profile.Samples[i];
            var values = profile.Values.Span.Slice(i * types, types).ToArray();
            var labels = new List<string>();
            foreach (var label in profile.Labels.Span.Slice(sample.LabelStart, sample.LabelCount)) labels.Add(Draw(profile, label));
            var tail = labels.Count == 0 ? "" : $" {{{string.Join(", ", labels)}}}";
            lines.Add($"{string.Join(';', FramesOf(profile, sample))} {string.Join(',', values)}{tail}");
        }
        return Join(lines);
    }

    private static string Draw(FlatProfile profile, SampleLabel label)
    {
        if (label.Text != 0) return $"{profile.GetString(label.Key)}={profile.GetString(label.Text)}";
        var unit = label.NumberUnit == 0 ? "" : " " + profile.GetString(label.NumberUnit);
        return $"{profile.GetString(label.Key)}={label.Number}{unit}";
    }

    /// <summary>Function names, root first, inlined calls included.</summary>
    private static List<string> FramesOf(FlatProfile profile, Sample sample)
    {
        var frames = new List<string>();
        foreach (var location in profile.StackOf(sample))
        {
            var row = profile.Locations[location];
            foreach (var line in profile.Lines.Span.Slice(row.LineStart, row.LineCount))
                frames.Add(profile.GetString(profile.Functions[line.Function].Name));
        }
        frames.Reverse();
        return frames;
    }

    private static void Add(FlatProfile profile, DrawnSample sample, Dictionary<string, int> strings, Dictionary<string, int> frames)
    {
        var stackStart = profile.Stacks.Count;
        foreach (var frame in sample.Frames.Reverse())
        {
            if (!frames.TryGetValue(frame, out var location))
            {
                frames[frame] = location = profile.Locations.Count;
                profile.Functions.Add(new Function(Text(frame), 0, 0, 0));
                profile.Lines.Add(new Line(location, 0, 0));
                profile.Locations.Add(new Location(-1, location, 1, 0));
            }
            profile.Stacks.Add(location);
        }
        var labelStart = profile.Labels.Count;
        foreach (var (key, value) in sample.Labels)
        {
            var number = value.Split(' ', 2);
            profile.Labels.Add(char.IsAsciiDigit(value[0])
                ? new SampleLabel(Text(key), 0, long.Parse(number[0]), number.Length > 1 ? Text(number[1]) : 0)
                : new SampleLabel(Text(key), Text(value), 0, 0));
        }
        profile.Samples.Add(new Sample(stackStart, sample.Frames.Length, labelStart, sample.Labels.Count));
        profile.Values.AddRange(sample.Values);

        int Text(string text)
        {
            if (!strings.TryGetValue(text, out var index)) strings[text] = index = profile.AddString(Encoding.UTF8.GetBytes(text));
            return index;
        }
    }

    private static IEnumerable<DrawnSample> Samples(string drawing)
    {
        foreach (var part in drawing.Split(" | ", StringSplitOptions.RemoveEmptyEntries))
        {
            var text = part;
            var labels = new List<(string, string)>();
            if (text.EndsWith('}') && text.LastIndexOf(" {", StringComparison.Ordinal) is >= 0 and var brace)
            {
                foreach (var label in text[(brace + 2)..^1].Split(", "))
                    labels.Add((label[..label.IndexOf('=')], label[(label.IndexOf('=') + 1)..]));
                text = text[..brace];
            }
            var space = text.LastIndexOf(' ');
            var frames = space <= 0 ? [] : text[..space].Split(';');
            var values = text[(space + 1)..].Split(',').Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToArray();
            yield return new DrawnSample(frames, values, labels);
        }
    }

    private static string Join(List<string> lines)
    {
        lines.Sort(StringComparer.Ordinal);
        return string.Join(" | ", lines);
    }

    private sealed record DrawnSample(string[] Frames, long[] Values, List<(string Key, string Value)> Labels);
}
