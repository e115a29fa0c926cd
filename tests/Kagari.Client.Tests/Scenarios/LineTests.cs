namespace Kagari.Client.Tests.Scenarios;

/// <summary>Source lines of programs that tell theirs.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData("PerfEvents")]
    [InlineData("Sampler")]
    public async Task SourceLines_On_AreThoseThatTheMethodsTell(string source)
    {
        var run = await ScenarioRun.OfAsync("lines", source);
        var profile = run.Of("cpu");
        foreach (var method in new[] { "Plain", "WaitAsync", "Iterate" })
        {
            var (file, line) = profile.SourceOf($"Kagari.Client.Scenarios.Lines.{method}");
            $"{file}:{line}".ShouldBe(run.Facts[method]);
        }
        // The runtime's own have no PDB beside them: the module, as without the option.
        profile.Rows.SelectMany(r => r.Frames).Distinct().Where(f => f.StartsWith("System.", StringComparison.Ordinal)).ShouldAllBe(f => profile.SourceOf(f).Line == 0);
    }

    [Fact]
    public async Task SourceLines_Off_AreNone()
    {
        var profile = (await ScenarioRun.OfAsync("names", "PerfEvents")).Of("cpu");
        profile.SourceOf("Kagari.Client.Scenarios.Names.Burn").ShouldBe(("Kagari.Client.Scenarios.dll", 0));
    }
}
