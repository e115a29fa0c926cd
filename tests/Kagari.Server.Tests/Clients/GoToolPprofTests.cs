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
}
