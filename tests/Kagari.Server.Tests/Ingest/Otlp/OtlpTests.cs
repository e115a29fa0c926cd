using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest.Otlp;

/// <summary>OpenTelemetry profiles through a whole server: what is stored, and under which series.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Cpu_CountsTimesPeriod_AreStoredAsTime()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.SendOtlpAsync(new OtlpRequest().Profile("a;b 2 | a;c t3 | a;b 1+1+2"))).ShouldBe((200, ""));
        (await server.ValuesAsync("__profile_type__")).ShouldBe(OtlpServer.CpuType);
        (await server.StacksAsync(OtlpServer.CpuType, "{service_name=\"shop\"}")).ShouldBe("a;b 60 | a;c 30");
    }
}
