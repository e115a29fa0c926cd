namespace Kagari.Client.Tests.Scenarios;

/// <summary>CPU and wall time of programs that know where theirs goes.</summary>
public sealed class CpuTests
{
    private const string Seventy = "Kagari.Client.Scenarios.Cpu.Seventy", Thirty = "Kagari.Client.Scenarios.Cpu.Thirty";

    // 10 milliseconds, in hexadecimal: the runtime's own sampler stays on, and takes some 2,000 samples.
    [Theory]
    [InlineData("PerfEvents", "", 3)]
    [InlineData("Sampler", "A", 3)]
    [InlineData("Sampler", "", 9)]   // bursts, some 200 samples
    public async Task Cpu_SeventyToThirty_IsSeenAsSuch(string source, string samplingRate, double points)
    {
        var run = await ScenarioRun.OfAsync("split", source, ("DOTNET_EventPipeThreadSamplingRate", samplingRate));
        var profile = run.Of("cpu");
        var (seventy, thirty) = (profile.Sum("cpu", Seventy), profile.Sum("cpu", Thirty));
        (100.0 * seventy / (seventy + thirty)).ShouldBe(70, points);
    }

    [Theory]
    [InlineData("split", "PerfEvents")]
    [InlineData("split", "Sampler")]
    [InlineData("kernel", "PerfEvents")]
    [InlineData("later", "PerfEvents")]
    [InlineData("short", "PerfEvents")]
    public async Task Cpu_OfAllStacks_IsThatOfTheProcess(string scenario, string source)
    {
        var run = await ScenarioRun.OfAsync(scenario, source);
        ((double)run.Of("cpu").Sum("cpu")).ShouldBeInRange(0.95 * run.Number("cpu-nanos"), 1.05 * run.Number("cpu-nanos"));
    }

    [Fact]
    public async Task Cpu_InTheKernel_CountsForTheMethodThatCalled()
    {
        var run = await ScenarioRun.OfAsync("kernel", "PerfEvents");
        run.Number("kernel-nanos").ShouldBeGreaterThan(0.5 * run.Number("cpu-nanos"), "the scenario should be mostly in the kernel");
        ((double)run.Of("cpu").Sum("cpu", "Kagari.Client.Scenarios.Cpu.ReadZeros")).ShouldBeGreaterThan(0.9 * run.Number("kernel-nanos"));
    }

    [Theory]
    [InlineData("PerfEvents")]
    [InlineData("Sampler")]
    public async Task Cpu_OfThreadsThatWait_IsNothing(string source)
    {
        var profile = (await ScenarioRun.OfAsync("idle", source)).Of("cpu");
        profile.Sum("cpu", Seventy).ShouldBeGreaterThan(0);
        ((double)profile.Sum("cpu", "Kagari.Client.Scenarios.Cpu.IdleThread")).ShouldBeLessThan(0.002 * profile.Sum("cpu"));
    }

    [Fact]
    public async Task Cpu_OfThreadsThatAreStartedLater_IsSeen()
    {
        var profile = (await ScenarioRun.OfAsync("later", "PerfEvents")).Of("cpu");
        profile.Sum("cpu", "Kagari.Client.Scenarios.Cpu.LaterThread").ShouldBeGreaterThan(9 * profile.Sum("cpu") / 10);
    }

    [Fact]
    public async Task Cpu_OfThreadsShorterThanAPeriod_IsToldAsTheirs()
    {
        var profile = (await ScenarioRun.OfAsync("short", "PerfEvents")).Of("cpu");
        (profile.Sum("cpu", "Kagari.Client.Scenarios.Cpu.ShortThread") + profile.Sum("cpu", "[threads that ended unseen]")).ShouldBeGreaterThan(profile.Sum("cpu") / 2);
    }

    [Fact]
    public async Task Wall_OfAThreadThatSleeps_IsAsLongAsThatOfOneThatWorks()
    {
        var run = await ScenarioRun.OfAsync("wall");
        var profile = run.Of("wall");
        ((double)profile.Sum("wall", Seventy)).ShouldBeInRange(0.8 * run.Number("wall-nanos"), 1.05 * run.Number("wall-nanos"));
        ((double)profile.Sum("wall", "Kagari.Client.Scenarios.Cpu.SleepLong")).ShouldBeInRange(0.8 * run.Number("wall-nanos"), 1.1 * run.Number("wall-nanos"));
    }

    [Theory]
    [InlineData("PerfEvents")]
    [InlineData("Sampler")]
    public async Task Cpu_OfMethodsWithMangledNames_IsUnderTheNamesOfTheSource(string source)
    {
        var profile = (await ScenarioRun.OfAsync("names", source, ("DOTNET_EventPipeThreadSamplingRate", "A"))).Of("cpu");
        foreach (var name in new[] { "BurnAsync", "BurnInIterator", "AllAsync.λ", "AllAsync.BurnLocal", "Box<T>.BurnGeneric" })
            profile.Rows.ShouldContain(r => r.Frames.Any(f => f == $"Kagari.Client.Scenarios.Names.{name}"), $"{name} is missing in\n{string.Join('\n', profile.Rows)}");
        profile.Rows.SelectMany(r => r.Frames).ShouldNotContain(f => f.Contains("MoveNext") || f.Contains("ExecutionContext") || f.Contains("ThreadPoolWorkQueue"));
    }
}
