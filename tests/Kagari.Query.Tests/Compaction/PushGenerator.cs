using Kagari.Profiles;
using Kagari.Storage;
using Kagari.Testing;

namespace Kagari.Query.Tests.Compaction;

/// <summary>Makes random pushes that look like those of programs: few functions, shared prefixes, values that repeat.</summary>
internal sealed class PushGenerator(Random random)
{
    public static readonly ProfileTypeId[] Cpu =
    [
        new("process_cpu", "samples", "count", "cpu", "nanoseconds"), new("process_cpu", "cpu", "nanoseconds", "cpu", "nanoseconds"),
    ];

    public static readonly ProfileTypeId[] Memory =
    [
        new("memory", "alloc_objects", "count", "space", "bytes"), new("memory", "alloc_space", "bytes", "space", "bytes"),
        new("memory", "inuse_space", "bytes", "space", "bytes"),
    ];

    public static readonly string[] Services = ["cart", "web", "worker"];

    private readonly Dictionary<string, long> _cumulative = new(StringComparer.Ordinal);

    /// <summary>Stores one random profile and enters it into the reference; sometimes it is sent twice.</summary>
    public async Task PushAsync(TestStore store, ReferenceStore reference, long timeNanos)
    {
        var isCpu = random.Next(3) > 0;
        var types = isCpu ? Cpu : Memory;
        var labels = LabelSet.Of((LabelNames.ServiceName, Services[random.Next(Services.Length)]), ("pod", $"pod-{random.Next(3)}"), ("region", random.Next(2) == 0 ? "eu" : "us"));
        var withSpans = isCpu && random.Next(3) == 0;
        var samples = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Sample(isCpu, types.Length, withSpans)).ToList();
        var profile = ToProfile(samples, types.Length);
        var series = types.Select(t => labels.With(LabelNames.ProfileType, t.ToString())).ToList();
        var hash = (ulong)random.NextInt64();
        SpanId[] spans = withSpans ? [.. samples.Select(s => new SpanId(s.Span, s.Span))] : [];
        var row = new ProfileRow(new SeriesGroup(series, [.. Enumerable.Range(0, types.Length)]), Enumerable.Range(0, samples.Count).ToArray(), spans);
        var times = random.Next(8) == 0 ? 2 : 1;
        for (var i = 0; i < times; i++) await store.Ingester.Append("t", labels[LabelNames.ServiceName], profile, [row], timeNanos, hash, out _);
        if (samples.All(s => s.Values.All(v => v == 0))) return;
        for (var column = 0; column < types.Length; column++)
        {
            reference.Add(new ReferenceStore.PushedRow(
                $"{hash:x}@{timeNanos}", series[column], timeNanos, [.. samples.Where(s => s.Values.Any(v => v != 0)).Select(s => (s.Frames, s.Values[column], s.Span))]));
        }
    }

    private (string[] Frames, long[] Values, ulong Span) Sample(bool isCpu, int columns, bool withSpans)
    {
        var frames = Enumerable.Range(0, random.Next(1, 7)).Select(_ => Frame()).ToArray();
        var key = string.Join(';', frames);
        long[] values;
        if (isCpu)
        {
            var count = random.Next(4);
            values = [count, count * 10_000_000L];
        }
        else
        {
            _cumulative[key] = _cumulative.GetValueOrDefault(key) + random.Next(3);
            values = [.. Enumerable.Range(0, columns).Select(c => c == 2 ? random.Next(1000) : _cumulative[key] * (c == 0 ? 1 : 512))];
        }
        return (frames, values, withSpans && random.Next(2) == 0 ? (ulong)random.Next(1, 5) : 0);
    }

    /// <summary>Mostly one function on one of few lines; sometimes two, the inner one inlined.</summary>
    private string Frame()
    {
        var outer = $"f{random.Next(6)}:{random.Next(1, 4)}";
        return random.Next(6) == 0 ? $"{outer}+g{random.Next(3)}:{random.Next(1, 3)}" : outer;
    }

    private static FlatProfile ToProfile(List<(string[] Frames, long[] Values, ulong Span)> samples, int columns)
    {
        var profile = new FlatProfile();
        profile.Clear();
        for (var c = 0; c < columns; c++) profile.SampleTypes.Add(default);
        var functions = new Dictionary<string, int>();
        var locations = new Dictionary<string, int>();
        profile.Mappings.Add(new Mapping(0x400000, 0x500000, 0, profile.AddString("/bin/app"), profile.AddString("id-1"), MappingFlags.HasFunctions));
        foreach (var (frames, values, _) in samples)
        {
            var start = profile.Stacks.Count;
            foreach (var frame in frames.Reverse())
            {
                if (!locations.TryGetValue(frame, out var location))
                {
                    var lineStart = profile.Lines.Count;
                    foreach (var line in frame.Split('+').Reverse())
                    {
                        var name = line[..line.IndexOf(':')];
                        if (!functions.TryGetValue(name, out var function))
                        {
                            functions.Add(name, function = profile.Functions.Count);
                            profile.Functions.Add(new Function(profile.AddString(name), 0, profile.AddString(name + ".go"), 1));
                        }
                        profile.Lines.Add(new Line(function, 0, long.Parse(line[(name.Length + 1)..])));
                    }
                    locations.Add(frame, location = profile.Locations.Count);
                    profile.Locations.Add(new Location(0, lineStart, profile.Lines.Count - lineStart, (ulong)(0x400000 + location)));
                }
                profile.Stacks.Add(location);
            }
            profile.Samples.Add(new Sample(start, profile.Stacks.Count - start, 0, 0));
            foreach (var value in values) profile.Values.Add(value);
        }
        return profile;
    }
}
