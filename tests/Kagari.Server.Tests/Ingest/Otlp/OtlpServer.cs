using Kagari.Server.Ingest.Otlp;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

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
}
