namespace Kagari.Client.Tests.Scenarios;

/// <summary>Starting and stopping, alone and beside others.</summary>
public sealed class SwitchingTests
{
    [Fact]
    public async Task Profiles_SwitchedOnOneByOne_ComeAloneAndEnd()
    {
        var run = await ScenarioRun.OfAsync("switching");
        foreach (var (kind, type) in new[]
        {
            (ProfileKinds.Cpu, "cpu"), (ProfileKinds.Wall, "wall"), (ProfileKinds.Allocations, "alloc_size"), (ProfileKinds.Locks, "lock_time"),
            (ProfileKinds.Exceptions, "exception"), (ProfileKinds.GarbageCollections, "pause_time"), (ProfileKinds.LiveHeap, "inuse_space"),
        })
        {
            run.Uploads[$"{kind}-on"].ShouldHaveSingleItem().Types[^1].ShouldBe(type);
            run.Uploads.Keys.ShouldNotContain($"{kind}-off");
        }
        run.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sessions_TwoHundred_LeaveNothingBehind()
    {
        var run = await ScenarioRun.OfAsync("cycles");
        run.Number("files-199").ShouldBeLessThanOrEqualTo(run.Number("files-99") + 8);
        run.Number("threads-199").ShouldBeLessThanOrEqualTo(run.Number("threads-99") + 4);
        run.Number("managed-199").ShouldBeLessThan(run.Number("managed-99") + (4 << 20));
        run.Number("resident-199").ShouldBeLessThan(run.Number("resident-99") + (24 << 20));
        run.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sessions_BesideOneOfAnotherTool_BothSeeEverything()
    {
        var run = await ScenarioRun.OfAsync("coexistence");
        run.Number("other-bytes").ShouldBeGreaterThan(100_000);
        run.Of("exception").Sum("exception", "System.InvalidOperationException").ShouldBe(20);
        run.Of("lock_time").Sum("lock_count", "Kagari.Client.Scenarios.Switching.DoAll").ShouldBeGreaterThanOrEqualTo(19);
        run.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_WhereAListenerOfTheProgramThrowsAtEverything_HarmsNothing() => (await ScenarioRun.OfAsync("hostile")).Facts["lives"].ShouldBe("True");

    [Theory]
    [InlineData("DOTNET_EnableDiagnostics")]
    [InlineData("DOTNET_EnableDiagnostics_IPC")]
    public async Task Start_WhereDiagnosticsAreOff_SaysSoOnceAndHarmsNothing(string setting)
    {
        var run = await ScenarioRun.OfAsync("disabled", "Auto", (setting, "0"));
        run.Facts["running"].ShouldBe("False");
        var lines = run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1, run.Errors);
        lines[0].ShouldContain("Nothing is profiled");
        lines[0].ShouldContain("DOTNET_EnableDiagnostics");
    }
}
