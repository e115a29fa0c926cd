using Kagari.Testing;

namespace Kagari.Profiles.Tests.Otlp;

/// <summary>Any bytes give profiles whose references all hold, or errors: never an exception, never much memory.</summary>
public sealed class OtlpReaderFuzzTests
{
    private static readonly DecodeLimits Limits = new() { BytesMax = 1 << 20, SamplesMax = 10_000 };

    [Fact]
    public void Read_MutatedRequests_HoldOrAreRefused()
    {
        const string Drawing = "a;b 1 {k=v, n=7} | a;@4f t3 {service.name=#x} | d 5+6 {span_id=0102030405060708, trace_id=000102030405060708090a0b0c0d0e0f}";
        byte[][] corpus =
        [
            new OtlpRequest().Scope([("service.name", "shop"), ("#k", "#v"), ("l", new[] { "x" })], ("s", 1)).Profile(Drawing, timeNanos: 5).Profile("e 1", "off_cpu:nanoseconds", "").ToBytes(),
            new OtlpRequest { IsOld = true }.Profile(Drawing).Resource(("process.executable.name", "java")).Profile("x 1").ToBytes(),
            .. Repository.SharedData is null ? [] : new[] { File.ReadAllBytes(Path.Combine(Repository.Shared("other"), "profile.otlp")) },
        ];
        var reader = new OtlpReader();
        var profile = new FlatProfile();
        foreach (var seed in FuzzBudget.Seeds(6_000))
        {
            var random = new Random(seed);
            var input = FuzzBudget.Mutate(corpus[random.Next(corpus.Length)], random);
            try
            {
                Check(reader, profile, input);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToHexString(input.AsSpan()[..Math.Min(input.Length, 4000)])}", e);
            }
        }
    }

    private static void Check(OtlpReader reader, FlatProfile profile, byte[] input)
    {
        if (!reader.TryOpen(input, Limits, out var error))
        {
            error.Message.ShouldNotBeNullOrEmpty();
            return;
        }
        var steps = 0;
        while (reader.MoveNext(profile, out error))
        {
            (steps++).ShouldBeLessThan(input.Length);
            if (error.IsError) error.Message.ShouldNotBeNullOrEmpty();
            else CheckReferences(reader, profile);
        }
        reader.MoveNext(profile, out _).ShouldBeFalse("the end stays the end");
    }

    private static void CheckReferences(OtlpReader reader, FlatProfile profile)
    {
        reader.Labels["service_name"].ShouldNotBeEmpty();
        reader.Labels["__name__"].ShouldNotBeEmpty();
        reader.UnfoldedBytes.ShouldBeLessThanOrEqualTo(Limits.BytesMax);
        profile.SampleTypes.Count.ShouldBe(1);
        profile.Values.Count.ShouldBe(profile.Samples.Count);
        foreach (ref readonly var sample in profile.Samples.Span)
            foreach (var location in profile.StackOf(sample))
                foreach (ref readonly var line in profile.Lines.Span.Slice(profile.Locations[location].LineStart, profile.Locations[location].LineCount))
                    _ = profile.Text(profile.Functions[line.Function].Name).Length + profile.Text(profile.Functions[line.Function].FileName).Length;
        foreach (ref readonly var sample in profile.Samples.Span)
            foreach (ref readonly var label in profile.Labels.Span.Slice(sample.LabelStart, sample.LabelCount))
                _ = profile.Text(label.Key).Length + profile.Text(label.Text).Length;
        foreach (ref readonly var location in profile.Locations.Span)
            if (location.Mapping >= 0) _ = profile.Text(profile.Mappings[location.Mapping].FileName).Length + profile.Text(profile.Mappings[location.Mapping].BuildId).Length;
    }
}
