using System.Text;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Speedscope;

public sealed class SpeedscopeReaderTests
{
    private const string Frames = """{"name":"a"},{"name":"b","file":"x.js","line":3},{"name":"c"},{"name":"a"}""";

    [Fact]
    public void Sampled_Stacks_AddUp() =>
        Draw("""{"type":"sampled","name":"p","unit":"none","startValue":0,"endValue":9,"samples":[[0,1],[0],[0,1],[3,1],[]],"weights":[1,2,3,4,5]}""")
            .ShouldBe("p None: a 2 | a;b 8");

    [Fact]
    public void Evented_TimeBetweenEvents_BelongsToWhatIsOpen() =>
        Draw("""{"type":"evented","name":"p","unit":"milliseconds","startValue":0,"endValue":10,"events":[{"type":"O","at":0,"frame":0},{"type":"O","at":1.5,"frame":1},{"type":"C","at":4,"frame":1},{"type":"O","at":4,"frame":2}]}""")
            .ShouldBe("p Nanoseconds: a 1500000 | a;b 2500000 | a;c 6000000");

    [Theory]
    [InlineData("nanoseconds", "Nanoseconds", 3)]
    [InlineData("microseconds", "Nanoseconds", 3_000)]
    [InlineData("milliseconds", "Nanoseconds", 3_000_000)]
    [InlineData("seconds", "Nanoseconds", 3_000_000_000)]
    [InlineData("bytes", "Bytes", 3)]
    [InlineData("none", "None", 3)]
    public void Sampled_Unit_IsScaled(string unit, string kept, long value) =>
        Draw($$"""{"type":"sampled","name":"p","unit":"{{unit}}","samples":[[0]],"weights":[3]}""").ShouldBe($"p {kept}: a {value}");

    [Fact]
    public void Weights_OfDecimalFractions_AreExact() =>
        Draw("""{"type":"sampled","name":"p","unit":"seconds","samples":[[0],[0],[0]],"weights":[0.1,0.2,1e-9]}""").ShouldBe("p Nanoseconds: a 300000001");

    [Fact]
    public void Profiles_OfEqualNameTypeUnitAndStart_AreOne() => Draw(
        """{"type":"sampled","name":"p","unit":"none","startValue":1,"samples":[[0]],"weights":[1]}""",
        """{"type":"sampled","name":"q","unit":"none","startValue":1,"samples":[[1]],"weights":[2]}""",
        """{"type":"sampled","name":"p","unit":"none","startValue":1,"samples":[[0]],"weights":[4]}""",
        """{"type":"sampled","name":"p","unit":"bytes","startValue":1,"samples":[[0]],"weights":[8]}""").ShouldBe("p None: a 5, q None: b 2, p Bytes: a 8");

    [Theory]
    [InlineData("", "the input does not contain any JSON tokens")]
    [InlineData("[]", "the document is no object")]
    [InlineData("""{"profiles":[]}""", "$schema is ''")]
    [InlineData("""{"$schema":"https://www.speedscope.app/file-format-schema.json","profiles":[]}""", "shared is missing")]
    public void File_OfAnotherForm_IsRefused(string json, string reason)
    {
        SpeedscopeReader.TryOpen(Encoding.UTF8.GetBytes(json), out _, out var error).ShouldBeFalse();
        error.Message.ShouldContain(reason, Case.Insensitive);
    }

    [Theory]
    [InlineData("""{"type":"x","unit":"none"}""", "profiles[0].type is 'x'; expected evented or sampled")]
    [InlineData("""{"type":"sampled","unit":"yards"}""", "profiles[0].unit is 'yards'; expected one of none, nanoseconds")]
    [InlineData("""{"type":"sampled","unit":"none","samples":[[0]],"weights":[]}""", "profiles[0]: 1 samples have 0 weights")]
    [InlineData("""{"type":"sampled","unit":"none","samples":[[7]],"weights":[1]}""", "profiles[0]: samples[0] names frame 7; there are 4")]
    [InlineData("""{"type":"sampled","unit":"none","samples":[[0]],"weights":[-1]}""", "weights[0]: -1 is negative")]
    [InlineData("""{"type":"sampled","unit":"seconds","samples":[[0]],"weights":[9e18]}""", "weights[0]: 9000000000000000000000000000 is negative or more than 64 bits hold")]
    [InlineData("""{"type":"sampled","unit":"none","samples":[[0],[0]],"weights":[9223372036854775807,1]}""", "add up to more than 64 bits hold")]
    [InlineData("""{"type":"evented","unit":"none","events":[{"type":"O","at":1,"frame":0},{"type":"C","at":2,"frame":1}]}""", "events[1] closes frame 1, but frame 0 is the innermost open one")]
    [InlineData("""{"type":"evented","unit":"none","events":[{"type":"O","at":5,"frame":0},{"type":"C","at":2,"frame":0}]}""", "events[1].at is 2, before the event before it")]
    [InlineData("""{"type":"evented","unit":"none","events":[{"type":"O","at":"x","frame":0}]}""", "events[0].at is \"x\"; expected a number")]
    public void Profile_Broken_NamesThePlace(string profile, string reason)
    {
        var json = File(profile);
        if (SpeedscopeReader.TryOpen(json, out var reader, out var error))
        {
            using (reader) reader.TryRead(reader.Profiles[0], new FlatProfile(), DecodeLimits.Default, out error).ShouldBeFalse();
        }
        error.Message.ShouldContain(reason);
    }

    [Fact]
    public void Depth_BeyondTheLimit_LosesLeaves()
    {
        using var reader = Open(File("""{"type":"evented","name":"p","unit":"none","events":[{"type":"O","at":0,"frame":0},{"type":"O","at":0,"frame":1},{"type":"O","at":0,"frame":2},{"type":"C","at":3,"frame":2}]}"""));
        var profile = new FlatProfile();
        reader.TryRead(reader.Profiles[0], profile, DecodeLimits.Default with { DepthMax = 2 }, out var error).ShouldBeTrue(error.Message);
        Drawings.Draw(Drawings.TreeOf(profile)).ShouldBe("a;b 3");
    }

    [Fact]
    public void PropertyThatIsNoText_IsAnError()
    {
        var json = Encoding.UTF8.GetBytes("""{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[]},"profiles":[],"\ud800aaaaaaaaaaaaaa":1}""");
        SpeedscopeReader.TryOpen(json, out _, out var error).ShouldBeFalse();
        error.Message.ShouldStartWith("speedscope: ");
    }

    [Fact]
    public void Evented_StacksThatExpand_AreRefused()
    {
        var frames = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"name":"f{{i}}"}"""));
        var events = new StringBuilder();
        for (var i = 0; i < 999; i++) events.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"type\":\"O\",\"at\":0,\"frame\":{i}}},");
        for (var i = 1000; i < 20_000; i++) events.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"type\":\"O\",\"at\":{i},\"frame\":{i}}},{{\"type\":\"C\",\"at\":{i + 1},\"frame\":{i}}},");
        var json = $$$"""{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{{{frames}}}]},"profiles":[{"type":"evented","name":"p","unit":"none","endValue":0,"events":[{{{events.ToString().TrimEnd(',')}}}]}]}""";
        using var reader = Open(Encoding.UTF8.GetBytes(json));
        var profile = new FlatProfile();
        reader.TryRead(reader.Profiles[0], profile, DecodeLimits.Default, out var error).ShouldBeFalse();
        error.Message.ShouldContain("the stacks of the profile have more than 16777216 frames");
    }

    [Fact]
    public void AnyBytes_GiveProfilesOrAnError()
    {
        byte[][] corpus =
        [
            File("""{"type":"sampled","name":"p","unit":"seconds","startValue":0,"endValue":9,"samples":[[0,1],[0],[0,1],[3,1]],"weights":[1,2.25,3e2,4]}"""),
            File("""{"type":"evented","name":"\u00e9","unit":"bytes","startValue":0,"endValue":9,"events":[{"type":"O","at":0,"frame":0},{"type":"O","at":1,"frame":2},{"type":"C","at":4,"frame":2},{"type":"C","at":4,"frame":0}]}"""),
        ];
        var profile = new FlatProfile();
        foreach (var seed in FuzzBudget.Seeds(4_000))
        {
            var random = new Random(seed);
            var input = FuzzBudget.Mutate(corpus[random.Next(corpus.Length)], random);
            try
            {
                if (!SpeedscopeReader.TryOpen(input, out var reader, out var error))
                {
                    error.Message.ShouldNotBeEmpty();
                    continue;
                }
                using (reader)
                {
                    foreach (var part in reader.Profiles)
                        if (reader.TryRead(part, profile, DecodeLimits.Default, out _)) foreach (var value in profile.Values.Span) value.ShouldBeGreaterThan(0);
                }
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Encoding.UTF8.GetString(input)}", e);
            }
        }
    }

    private static string Draw(params string[] profiles)
    {
        using var reader = Open(File(profiles));
        return string.Join(", ", reader.Profiles.Select(p =>
        {
            var profile = new FlatProfile();
            reader.TryRead(p, profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
            return $"{p.Name} {p.Unit}: {Drawings.Draw(Drawings.TreeOf(profile))}";
        }));
    }

    private static SpeedscopeReader Open(byte[] json)
    {
        SpeedscopeReader.IsSpeedscope(json).ShouldBeTrue();
        SpeedscopeReader.TryOpen(json, out var reader, out var error).ShouldBeTrue(error.Message);
        return reader!;
    }

    private static byte[] File(params string[] profiles) => Encoding.UTF8.GetBytes(
        $$$"""{"$schema":"https://www.speedscope.app/file-format-schema.json","profiles":[{{{string.Join(',', profiles)}}}],"shared":{"frames":[{{{Frames}}}]} }""");
}
