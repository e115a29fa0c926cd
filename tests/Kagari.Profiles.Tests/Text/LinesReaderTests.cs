using Kagari.Testing;

namespace Kagari.Profiles.Tests.Text;

public sealed class LinesReaderTests
{
    [Fact]
    public void TryRead_Lines_CountOneEach()
    {
        var profile = new FlatProfile();
        LinesReader.TryRead("a;b\na;b\r\n\na;c"u8, profile, DecodeLimits.Default, out _).ShouldBeTrue();
        Drawings.Draw(profile).ShouldBe("a;b 2 | a;c 1");
    }

    [Fact]
    public void TryRead_SpacesAndNumbers_ArePartOfTheFrame()
    {
        var profile = new FlatProfile();
        LinesReader.TryRead("a;b 12"u8, profile, DecodeLimits.Default, out _).ShouldBeTrue();
        Drawings.Draw(profile).ShouldBe("a;b 12 1");
    }
}
