namespace Kagari.Profiles.Tests.Pprof;

/// <summary>Profiles of chance with every field in use, from a seed that tests print.</summary>
internal static class RandomProfiles
{
    public static FlatProfile Make(Random random)
    {
        var profile = new FlatProfile();
        profile.Clear();
        for (var i = random.Next(1, 40); i > 0; i--) profile.AddString($"string {i} {new string('é', random.Next(3) * random.Next(60))}");
        for (var i = random.Next(1, 4); i > 0; i--) profile.SampleTypes.Add(new ValueType(Text(), Text()));
        for (var i = random.Next(0, 3); i > 0; i--)
            profile.Mappings.Add(new Mapping(Number(), Number(), Number(), Text(), Text(), (MappingFlags)random.Next(16)));
        for (var i = random.Next(1, 20); i > 0; i--) profile.Functions.Add(new Function(Text(), Text(), Text(), random.Next(3) * random.Next(1000)));
        for (var i = random.Next(1, 20); i > 0; i--)
        {
            var start = profile.Lines.Count;
            for (var l = random.Next(0, 4); l > 0; l--) profile.Lines.Add(new Line(random.Next(profile.Functions.Count), random.Next(3) * random.Next(200), random.Next(-1, 3000)));
            profile.Locations.Add(new Location(random.Next(-1, profile.Mappings.Count), start, profile.Lines.Count - start, Number()));
        }
        for (var i = random.Next(0, 50); i > 0; i--) AddSample();
        for (var i = random.Next(0, 3); i > 0; i--) profile.Comments.Add(Text());
        profile.TimeNanos = random.Next(2) * 1795169940000000000;
        profile.DurationNanos = random.Next(2) * 10_000_000_000;
        profile.PeriodType = random.Next(3) == 0 ? default : new ValueType(Text(), Text());
        profile.Period = random.Next(2) * 10_000_000;
        profile.DefaultSampleType = random.Next(2) == 0 ? 0 : profile.SampleTypes[0].Type;
        profile.DropFrames = Text();
        profile.KeepFrames = Text();
        return profile;

        int Text() => random.Next(profile.Strings.Count);

        ulong Number() => random.Next(3) switch { 0 => 0, 1 => (ulong)random.Next(), _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) };

        void AddSample()
        {
            var stack = profile.Stacks.Count;
            for (var f = random.Next(0, 30); f > 0; f--) profile.Stacks.Add(random.Next(profile.Locations.Count));
            var labels = profile.Labels.Count;
            for (var l = random.Next(0, 3); l > 0; l--)
                profile.Labels.Add(random.Next(2) == 0 ? new SampleLabel(Text(), Text(), 0, 0) : new SampleLabel(Text(), 0, (long)Number(), Text()));
            profile.Samples.Add(new Sample(stack, profile.Stacks.Count - stack, labels, profile.Labels.Count - labels));
            for (var v = 0; v < profile.SampleTypes.Count; v++) profile.Values.Add((long)Number());
        }
    }
}
