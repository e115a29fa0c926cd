using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Pprof;

/// <summary>Any bytes give a profile whose references all hold, or an error: never an exception, never much memory.</summary>
public sealed class PprofReaderFuzzTests
{
    private static readonly DecodeLimits Limits = new() { BytesMax = 1 << 20, SamplesMax = 10_000 };

    [Fact]
    public void TryRead_MutatedProfiles_HoldOrAreRefused()
    {
        byte[][] corpus =
        [
            Drawings.Pprof("a;b 1,2 {k=v, n=1 bytes} | a;c 3,4 | d 5,6", "x:y", "z:w"),
            new PprofText().Strings("", "cpu", "ns", "f").SampleType(1, 2).Sample([ulong.MaxValue, 1], [-5]).Location(ulong.MaxValue, 1).Location(1, 1).Function(1, 3).Bytes,
            .. Repository.SharedData is null ? [] : Directory.GetFiles(Repository.Shared("pprof")).Where(f => new FileInfo(f).Length < 20_000).Select(File.ReadAllBytes),
        ];
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        foreach (var seed in FuzzBudget.Seeds(6_000))
        {
            var random = new Random(seed);
            var input = FuzzBudget.Mutate(corpus[random.Next(corpus.Length)], random);
            if (random.Next(4) == 0) input = FuzzBudget.Mutate(PprofText.Gzip(input), random);
            try
            {
                if (reader.TryRead(input, profile, Limits, out var error)) CheckReferences(profile);
                else error.Message.ShouldNotBeNullOrEmpty();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToHexString(input.AsSpan()[..Math.Min(input.Length, 4000)])}", e);
            }
        }
    }

    private static void CheckReferences(FlatProfile profile)
    {
        profile.Values.Count.ShouldBe(profile.Samples.Count * profile.SampleTypes.Count);
        foreach (ref readonly var sample in profile.Samples.Span)
            foreach (var location in profile.StackOf(sample))
                foreach (ref readonly var line in profile.Lines.Span.Slice(profile.Locations[location].LineStart, profile.Locations[location].LineCount))
                    _ = profile.Text(profile.Functions[line.Function].Name);
        foreach (ref readonly var label in profile.Labels.Span) _ = profile.Text(label.Key).Length + profile.Text(label.Text).Length;
        foreach (ref readonly var location in profile.Locations.Span)
            if (location.Mapping >= 0) _ = profile.Text(profile.Mappings[location.Mapping].FileName);
    }
}
