using Kagari.Profiles;

namespace Kagari.Client.Tests.Scenarios;

/// <summary>A profile as rows: its frames root first, its labels, its values.</summary>
internal sealed class ScenarioProfile
{
    private readonly Dictionary<string, (string File, long Line)> _sources = new(StringComparer.Ordinal);

    private ScenarioProfile(IReadOnlyList<string> types, IReadOnlyList<Row> rows) => (Types, Rows) = (types, rows);

    /// <summary>Sample types.</summary>
    public IReadOnlyList<string> Types { get; }

    public IReadOnlyList<Row> Rows { get; }

    public static ScenarioProfile Read(string file)
    {
        var profile = new FlatProfile();
        new PprofReader().TryRead(File.ReadAllBytes(file), profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        var types = new List<string>();
        foreach (var type in profile.SampleTypes.Span) types.Add(profile.GetString(type.Type));
        var rows = new List<Row>();
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            var sample = profile.Samples[i];
            var labels = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var label in profile.Labels.Span.Slice(sample.LabelStart, sample.LabelCount)) labels[profile.GetString(label.Key)] = profile.GetString(label.Text);
            rows.Add(new Row(Frames(profile, sample), labels, profile.ValuesOf(i).ToArray()));
        }
        var made = new ScenarioProfile(types, rows);
        foreach (var line in profile.Lines.Span)
        {
            var function = profile.Functions[line.Function];
            line.LineNumber.ShouldBe(function.StartLine);
            made._sources[profile.GetString(function.Name)] = (profile.GetString(function.FileName), function.StartLine);
        }
        return made;
    }

    /// <summary>The sum of a sample type over all rows, or over those with a frame of this name.</summary>
    public long Sum(string type, string? frame = null) => Rows.Where(r => frame is null || r.Frames.Contains(frame)).Sum(r => r.Values[Types.ToList().IndexOf(type)]);

    /// <summary>File and line of a function; both are empty where it has none.</summary>
    public (string File, long Line) SourceOf(string function) => _sources[function];

    private static List<string> Frames(FlatProfile profile, Sample sample)
    {
        var frames = new List<string>();
        foreach (var location in profile.StackOf(sample)) frames.Insert(0, profile.GetString(profile.Functions[profile.Lines[profile.Locations[location].LineStart].Function].Name));
        return frames;
    }

    public sealed record Row(IReadOnlyList<string> Frames, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<long> Values)
    {
        public override string ToString() => $"{string.Join(';', Frames)} {string.Join(',', Values)}";
    }
}
