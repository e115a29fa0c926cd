using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>What we give out as pprof, opened by Go's own tool.</summary>
public sealed class GoToolPprofTests
{
    [Theory]
    [InlineData("cpu-checkout-v2-us-1", "process_cpu", "cpu:nanoseconds", "cpu:nanoseconds", "main.compileCoupon")]
    [InlineData("heap-checkout-v1-us-1", "memory", "alloc_space:bytes", "space:bytes", "main.renderReceipts")]
    [InlineData("mutex-checkout-v1-eu-1", "mutex", "delay:nanoseconds", "contentions:count", "main.(*stock).confirm")]
    public async Task SelectMergeProfile_OfACapturedProfile_OpensWithTheSameTotal(string name, string family, string type, string period, string function)
    {
        await using var server = await ClientServer.StartAsync();
        var sent = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "testdata", "go", name + ".pb.gz"));
        await server.PushAsync(sent, ("__name__", family), ("service_name", "checkout"));

        var answer = await server.PprofAsync($"{family}:{type}:{period}", """{service_name="checkout"}""");

        var sums = await GoPprof.SumsAsync(answer);
        sums.PeriodType.ShouldBe(period);
        sums.Values.ShouldBe([(type, (await GoPprof.SumsAsync(sent)).Values.Single(v => v.Type == type).Sum)]);
        (await GoPprof.ReportAsync(answer, "-top", "-cum", "-nodecount=1000", "-nodefraction=0")).ShouldContain(function);
    }

    /// <summary>The plain address, as people type it: parameters come sorted and escaped once more.</summary>
    [Fact]
    public async Task PprofAddress_IsReadByTheTool()
    {
        await using var server = await ClientServer.StartAsync();
        var sent = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "testdata", "go", "cpu-checkout-v2-us-1.pb.gz"));
        await server.PushAsync(sent, ("__name__", "process_cpu"), ("service_name", "checkout"));
        var address = $"{server.Url}/pprof?query=process_cpu:cpu:nanoseconds:cpu:nanoseconds{{service_name=\"checkout\"}}&from=1&until=4102444800";

        var (status, top) = await ExternalTool.RunAsync("go", "tool", "pprof", "-symbolize=none", "-top", "-cum", "-nodecount=1000", "-nodefraction=0", address);

        status.ShouldBe(0, top);
        top.ShouldContain("main.compileCoupon");
        // Two addresses are compared.
        (status, top) = await ExternalTool.RunAsync("go", "tool", "pprof", "-symbolize=none", "-top", "-diff_base", address, address);
        status.ShouldBe(0, top);
        top.ShouldContain("Showing nodes accounting for 0");
    }
}
