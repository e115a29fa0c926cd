using System.Net;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>Shapes of pushes that fleets send and that are easy to refuse (wire reference §14).</summary>
public sealed class PushShapeTests
{
    [Fact]
    public async Task Push_ProfileWithoutSamples_IsTakenAndLeavesNothing()
    {
        await using var server = await ClientServer.StartAsync();

        var (status, body) = await server.PushAsync(Drawings.Pprof("", "cpu:nanoseconds"), ("__name__", "process_cpu"), ("service_name", "idle"));

        status.ShouldBe(HttpStatusCode.OK, body);
        (await server.ProfileTypesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_SameProfileTwice_CountsOnce()
    {
        await using var server = await ClientServer.StartAsync();
        var pprof = PprofSums.At(Drawings.Pprof("main;work 7 | main;rest 3", "cpu:nanoseconds"), TimeProvider.System.GetUtcNow());
        for (var i = 0; i < 2; i++) await server.PushAsync(pprof, ("__name__", "process_cpu"), ("service_name", "retry"));

        (await server.StacksByProtoAsync("process_cpu:cpu:nanoseconds::", """{service_name="retry"}""")).Total.ShouldBe(10);
    }
}
