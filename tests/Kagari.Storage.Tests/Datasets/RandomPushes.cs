using System.Buffers;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests.Datasets;

/// <summary>Profiles of chance that share many of their symbols, real ones, and both with a few bytes changed.</summary>
/// <remarks>All go through the decoder, as those of clients do: what a profile may look like is for it to say.</remarks>
internal sealed class RandomPushes(Random random)
{
    private static readonly byte[][] Real = [.. Directory.GetFiles(Repository.Shared("pprof"), "*.pb").Order(StringComparer.Ordinal)
        .Where(f => new FileInfo(f).Length is > 500 and < 20_000).Select(File.ReadAllBytes)];

    private static readonly string[] Words = [.. Enumerable.Range(0, 70).Select(i => i == 0 ? "" : $"{(i % 5 == 0 ? "/lib/é" : "f")}{i}")];

    private readonly PprofReader _reader = new();
    private readonly List<byte[]> _sent = [];

    /// <summary>The next profile; its lists are valid until the next call.</summary>
    public FlatProfile Next()
    {
        var profile = new FlatProfile();
        while (true)
        {
            var bytes = random.Next(8) switch
            {
                0 => Real[random.Next(Real.Length)],
                1 or 2 when _sent.Count > 0 => _sent[random.Next(_sent.Count)],
                _ => Make(),
            };
            if (random.Next(3) == 0) bytes = FuzzBudget.Mutate(bytes, random);
            if (!_reader.TryRead(bytes, profile, new DecodeLimits(), out _)) continue;
            _sent.Add(bytes);
            return profile;
        }
    }

    /// <summary>Its samples in a few rows, some with spans, not all of them used, as a splitter would make them.</summary>
    public ProfileRow[] Split(FlatProfile profile)
    {
        if (profile.SampleTypes.Count == 0) return [];
        var spans = new SpanId[random.Next(3) == 0 ? profile.Samples.Count : 0];
        for (var i = 0; i < spans.Length; i++) spans[i] = random.Next(2) == 0 ? default : new SpanId((ulong)random.Next(3), (UInt128)random.Next(3));
        var rows = new ProfileRow[random.Next(1, 4)];
        for (var r = 0; r < rows.Length; r++)
        {
            var columns = Enumerable.Range(0, profile.SampleTypes.Count).Where(_ => random.Next(3) > 0).DefaultIfEmpty(0).ToArray();
            var pod = $"{random.Next(4)}";
            var series = columns.Select(c => LabelSet.Of([("pod", pod), ("type", $"{c}")])).ToArray();
            rows[r] = new ProfileRow(new SeriesGroup(series, columns), Enumerable.Range(0, profile.Samples.Count).Where(i => i % rows.Length == r).ToArray(), spans);
        }
        return rows;
    }

    private byte[] Make()
    {
        // Names repeat within a profile, and lists are often longer than a batch.
        var profile = new FlatProfile();
        profile.Clear();
        for (var i = random.Next(1, 120); i > 0; i--) profile.AddString(Words[random.Next(Words.Length)]);
        for (var i = random.Next(0, 3); i > 0; i--) profile.SampleTypes.Add(new Profiles.ValueType(Text(), Text()));
        for (var i = random.Next(0, 5); i > 0; i--)
            profile.Mappings.Add(new Mapping((ulong)random.Next(3), (ulong)random.Next(3), (ulong)random.Next(3), Text(), Text(), (MappingFlags)random.Next(2)));
        for (var i = random.Next(1, 90); i > 0; i--)
            profile.Functions.Add(random.Next(2) == 0 ? new Function(Text(), 0, 0, 0) : new Function(Text(), Text(), Text(), random.Next(2)));
        for (var i = random.Next(1, 120); i > 0; i--) AddLocation();
        for (var i = random.Next(0, 90); i > 0; i--) AddSample();
        var bytes = new ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();

        int Text() => random.Next(profile.Strings.Count);

        void AddLocation()
        {
            var start = profile.Lines.Count;
            // Some functions are not there: the decoder leaves out the samples that would need them.
            var functions = profile.Functions.Count + (random.Next(20) == 0 ? 1 : 0);
            for (var l = random.Next(2) == 0 ? 1 : random.Next(0, 4); l > 0; l--) profile.Lines.Add(new Line(random.Next(functions), random.Next(2), random.Next(3)));
            profile.Locations.Add(new Location(random.Next(-1, profile.Mappings.Count), start, profile.Lines.Count - start, (ulong)random.Next(3)));
        }

        void AddSample()
        {
            var start = profile.Stacks.Count;
            // Most stacks go on from the root part of the one before.
            if (profile.Samples.Count > 0 && random.Next(3) > 0)
            {
                var last = profile.StackOf(profile.Samples[profile.Samples.Count - 1]).ToArray();
                for (var f = random.Next(3); f > 0; f--) profile.Stacks.Add(random.Next(profile.Locations.Count));
                profile.Stacks.AddRange(last.AsSpan(random.Next(last.Length + 1)));
            }
            else for (var f = random.Next(8) == 0 ? random.Next(400) : random.Next(12); f > 0; f--) profile.Stacks.Add(random.Next(profile.Locations.Count));
            profile.Samples.Add(new Sample(start, profile.Stacks.Count - start, 0, 0));
            for (var v = 0; v < profile.SampleTypes.Count; v++) profile.Values.Add(random.Next(-1, 9));
        }
    }
}
