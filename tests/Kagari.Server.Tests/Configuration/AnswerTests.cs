using Kagari.Server.Configuration;

namespace Kagari.Server.Tests.Configuration;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("-help")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-help-all")]
    [InlineData("-nonsense -help")]
    public void Help_NamesEverySettingWithItsDefault(string flags)
    {
        var help = Loading.Load(flags).Answer.ShouldNotBeNull();
        foreach (var setting in ServerSettings.All) help.ShouldContain($"  -{setting.Flag}");
        help.ShouldContain("-server.http-listen-port <port>  (default: 4040)");
        help.Split('\n').ShouldAllBe(line => line.Length <= 120);
    }

    [Fact]
    public void Version_IsOneLine() => Loading.Load("-version").Answer.ShouldNotBeNull().ShouldMatch(@"^kagari \d+\.\d+\.\d+\S*\n$");

    [Fact]
    public void Modules_NamesEveryRole() => Loading.Load("-modules").Answer.ShouldNotBeNull().ShouldContain("store-gateway  ");

    [Fact]
    public void NoQuestion_NoAnswer() => Loading.Load().Answer.ShouldBeNull();
}
