using System.Text;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Text;

public sealed class FoldedReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a;b 1\n", "a;b 1")]
    [InlineData("a;b 1", "a;b 1")]
    [InlineData("a;b 1\na;c 2\n", "a;b 1 | a;c 2")]
    [InlineData("a;b 1\r\na;b 2\r\n", "a;b 3")]
    [InlineData("a;b 1\nno-value\n\n;; 2\na;b 5\n", "; 2 | a;b 6")]
    [InlineData("x;y z;w 1", "x;y z;w 1")]
    [InlineData("a;;b 1", "a;;b 1")]
    [InlineData("a;b; 1", "a;b 1")]
    [InlineData(" 7", " 7")]
    [InlineData("a 0\nb 1", "b 1")]
    public void TryRead_Text_GivesStacks(string text, string drawing) => Read(text).ShouldBe(drawing);

    [Theory]
    [InlineData("a;b 1\na;b x\n", "folded stacks: line 2 ends in 'x'; expected a count from 0 to 9223372036854775807")]
    [InlineData("a;b \n", "folded stacks: line 1 ends in ''; expected a count from 0 to 9223372036854775807")]
    [InlineData("a -3", "folded stacks: line 1 ends in '-3'; expected a count from 0 to 9223372036854775807")]
    [InlineData("a 1.5", "folded stacks: line 1 ends in '1.5'; expected a count from 0 to 9223372036854775807")]
    [InlineData("a 9223372036854775808", "folded stacks: line 1 ends in '9223372036854775808'; expected a count from 0 to 9223372036854775807")]
    [InlineData("a 9223372036854775807\nb 1", "the values of all stacks add up to more than 64 bits hold")]
    public void TryRead_BadCount_IsAnErrorThatNamesTheLine(string text, string message)
    {
        FoldedReader.TryRead(Encoding.UTF8.GetBytes(text), new FlatProfile(), DecodeLimits.Default, out var error).ShouldBeFalse();
        error.ShouldBe(ProfileError.Malformed(message));
    }

    [Fact]
    public void TryRead_EqualNames_AreOneFunctionLineAndLocation()
    {
        var profile = new FlatProfile();
        FoldedReader.TryRead("a;b;a 1\nb;a;b 2"u8, profile, DecodeLimits.Default, out _).ShouldBeTrue();
        profile.Functions.Count.ShouldBe(2);
        profile.Lines.Count.ShouldBe(2);
        profile.Locations.Count.ShouldBe(2);
        profile.Strings.Count.ShouldBe(3);
        profile.Text(0).Length.ShouldBe(0);
        profile.GetString(profile.Functions[profile.StackOf(profile.Samples[1])[0]].Name).ShouldBe("b");   // leaf first
    }

    [Fact]
    public void TryRead_DeepStack_LosesLeafFrames() =>
        Read("a;b;c;d 1\na;b;c;e 2", new DecodeLimits { DepthMax = 3 }).ShouldBe("a;b;c 3");

    [Fact]
    public void TryRead_LongName_KeepsItsTail() =>
        Read("abcdef;x 1", new DecodeLimits { StringBytesMax = 3 }).ShouldBe("def;x 1");

    [Theory]
    [InlineData(ProfileErrorKind.TooLarge, 8, 0)]
    [InlineData(ProfileErrorKind.TooManySamples, 0, 1)]
    public void TryRead_BeyondALimit_IsRefused(ProfileErrorKind kind, long bytesMax, int samplesMax)
    {
        var limits = new DecodeLimits { BytesMax = bytesMax, SamplesMax = samplesMax };
        FoldedReader.TryRead("a;b 1\na;c 2\n"u8, new FlatProfile(), limits, out var error).ShouldBeFalse();
        error.Kind.ShouldBe(kind);
    }

    [Fact]
    public void TryRead_SecondProfileOfAThread_KnowsNothingOfTheFirst()
    {
        Read("a;b 1\nc;d 2").ShouldBe("a;b 1 | c;d 2");
        Read("c;d 2").ShouldBe("c;d 2");
    }

    [Fact]
    public void TryRead_WarmArrays_AllocatesNothing()
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 500).Select(i => $"main;f{i % 40};g{i} {i}")));
        var profile = new FlatProfile();
        for (var i = 0; i < 3; i++) FoldedReader.TryRead(text, profile, DecodeLimits.Default, out _).ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        FoldedReader.TryRead(text, profile, DecodeLimits.Default, out _);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static string Read(string text, DecodeLimits? limits = null)
    {
        var profile = new FlatProfile();
        FoldedReader.TryRead(Encoding.UTF8.GetBytes(text), profile, limits ?? DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return Drawings.Draw(profile);
    }
}
