using Kagari.Server.Ingest.Otlp;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Otlp;

namespace Kagari.Server.Tests.Ingest.Otlp;

/// <summary>Ways to send OpenTelemetry profiles to a <see cref="LiveServer"/>.</summary>
internal static class OtlpServer
{
    public const string CpuType = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

    /// <summary>Takes profiles of any time, as recorded ones need.</summary>
    public static Limits.TenantLimits AnyTime { get; } = new() { RejectOlderThan = TimeSpan.Zero, RejectNewerThan = TimeSpan.Zero };

    public static Task<(int Status, string Body)> SendOtlpAsync(this LiveServer server, OtlpRequest request) => server.SendOtlpAsync(request.ToBytes());

    public static Task<(int Status, string Body)> SendOtlpAsync(this LiveServer server, byte[] body, string? type = "application/x-protobuf") =>
        server.SendAsync(RpcRequests.Post(OtlpEndpoint.HttpPath, body, type));

    /// <summary>Sends a request of which some is taken, and gives what was not.</summary>
    public static async Task<ExportProfilesPartialSuccess?> PartialAsync(this LiveServer server, OtlpRequest request)
    {
        using var response = await server.Http.SendAsync(RpcRequests.Post(OtlpEndpoint.HttpPath, request.ToBytes(), "application/x-protobuf"));
        ((int)response.StatusCode).ShouldBe(200);
        return ExportProfilesServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).PartialSuccess;
    }
}
