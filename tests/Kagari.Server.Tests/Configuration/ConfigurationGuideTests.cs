using Kagari.Server.Configuration;
using Kagari.Testing;

namespace Kagari.Server.Tests.Configuration;

public sealed class ConfigurationGuideTests
{
    /// <summary>With KAGARI_ACCEPT=1 the guide is written anew.</summary>
    [Fact]
    public void Guide_InRepository_IsWhatTheTableSays()
    {
        var file = Path.Combine(Repository.Root, "docs", "guide", "configuration.md");
        if (Environment.GetEnvironmentVariable("KAGARI_ACCEPT") == "1") File.WriteAllText(file, ConfigurationGuide.Write());
        File.ReadAllText(file).ShouldBe(ConfigurationGuide.Write(), "run this test with KAGARI_ACCEPT=1 and look at the difference");
    }

    [Fact]
    public void Guide_Example_IsAConfiguration()
    {
        var guide = ConfigurationGuide.Write();
        var example = guide.Split("```yaml\n")[1].Split("```")[0];
        Loading.Load(yaml: example).Options.Limits.MaxQueryLength.ShouldBe(TimeSpan.FromDays(7));
    }
}
