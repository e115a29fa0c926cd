using System.Net;
using Google.Protobuf;
using Kagari.Server.Ingest;
using Kagari.Server.Ingest.Otlp;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Otlp;

namespace Kagari.Server.Tests.Ingest.Otlp;

/// <summary>What the transports answer: statuses, content types, tenants.</summary>
public sealed class OtlpStatusTests
{
    private static readonly byte[] Good = new OtlpRequest().Profile("a 1").ToBytes();

    [Theory]
    [InlineData("application/x-protobuf", 200)]
    [InlineData("application/protobuf", 200)]
    [InlineData("Application/X-Protobuf; charset=utf-8", 200)]
    [InlineData("application/json", 400)]
    [InlineData("application/octet-stream", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/grpc", 415)]
    [InlineData("", 415)]
    [InlineData(null, 415)]
    public async Task Http_ContentTypes_AnswerAsTheyShould(string? type, int expected)
    {
        await using var server = await LiveServer.StartAsync();
        (await server.SendOtlpAsync(Good, type)).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task Http_Answers_HaveTheTypeOfTheRequest()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.Http.SendAsync(RpcRequests.Post(OtlpEndpoint.HttpPath, Good, "application/x-protobuf")).ReadAsync()).ShouldBe("200 application/x-protobuf ");
        (await server.Http.SendAsync(RpcRequests.Json(OtlpEndpoint.HttpPath, """{"resourceProfiles":[{}],"dictionary":{}}""")).ReadAsync()).ShouldBe("200 application/json {}");
        (await server.Http.SendAsync(RpcRequests.Post(OtlpEndpoint.HttpPath, "no"u8.ToArray(), "application/x-protobuf")).ReadAsync())
            .ShouldBe("400 text/plain; charset=utf-8 otlp: invalid protobuf at byte 1 of 2\n");
        (await server.Http.SendAsync(RpcRequests.Json(OtlpEndpoint.HttpPath, "{")).ReadAsync()).ShouldStartWith("400 text/plain; charset=utf-8 Invalid JSON");
        server.Discarded(DiscardReason.MalformedProfile).ShouldBe(2);
        using var get = await server.Http.GetAsync(OtlpEndpoint.HttpPath);
        get.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Http_PartialSuccess_IsJsonToJson()
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.SendAsync(RpcRequests.Json(OtlpEndpoint.HttpPath,
            """{"resourceProfiles":[{"scopeProfiles":[{"profiles":[{},{"sampleType":{"typeStrindex":1}}]}]}],"dictionary":{"stringTable":["","x"]}}"""));
        (status, body).ShouldBe((200, """{"partialSuccess":{"rejectedProfiles":"1","errorMessage":"profile 0: failed to convert otel profile: sample type is missing"}}"""));
    }

    [Fact]
    public async Task Http_MissingParts_Are400()
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var (body, text) in new[] { (Array.Empty<byte>(), "resource_profiles is missing"), (new OtlpRequest { HasNoDictionary = true }.Profile("a 1").ToBytes(), "dictionary is missing") })
        {
            var (status, answer) = await server.SendOtlpAsync(body);
            (status, answer.Contains(text)).ShouldBe((400, true), answer);
        }
    }

    [Fact]
    public async Task Http_Encodings_AreGzipOrRefused()
    {
        await using var server = await LiveServer.StartAsync();
        async Task<int> StatusAsync(byte[] body, string encoding) =>
            (await server.SendAsync(RpcRequests.Post(OtlpEndpoint.HttpPath, body, "application/x-protobuf").With("Content-Encoding", encoding))).Status;
        var zipped = RpcRequests.Gzip(Good);
        (await StatusAsync(zipped, "gzip")).ShouldBe(200);
        (await StatusAsync(Good, "identity")).ShouldBe(200);
        (await StatusAsync(Good, "br")).ShouldBe(415);
        (await StatusAsync(Good, "gzip")).ShouldBe(400, "not gzip");
        (await StatusAsync(zipped[..^5], "gzip")).ShouldBe(400, "cut");
        (await StatusAsync(RpcRequests.Gzip(new byte[20 << 20]), "gzip")).ShouldBe(400, "a bomb");
    }

    [Fact]
    public async Task Http_TooLarge_Is413()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionBodyLimitMb = 0.01 });
        var large = new OtlpRequest().Profile($"{new string('x', 20_000)} 1").ToBytes();
        var (status, body) = await server.SendOtlpAsync(large);
        (status, body.Contains("limits.ingestion_body_limit_mb")).ShouldBe((413, true), body);
        (await server.SendAsync(RpcRequests.Post(OtlpEndpoint.HttpPath, RpcRequests.Gzip(large), "application/x-protobuf").With("Content-Encoding", "gzip"))).Status.ShouldBe(413);
        server.Discarded(DiscardReason.BodySizeLimitExceeded).ShouldBe(2);
        (await server.SendOtlpAsync(Good)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Tenants_AreNamedOnce()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        HttpRequestMessage Request() => RpcRequests.Post(OtlpEndpoint.HttpPath, Good, "application/x-protobuf");
        (await server.SendAsync(Request())).ShouldBe((401, "no org id\n"));
        (await server.SendAsync(Request().With("X-Scope-OrgID", "a|b"))).Status.ShouldBe(400);
        (await server.SendAsync(Request().With("X-Scope-OrgID", "a"))).Status.ShouldBe(200);
        (await GrpcAsync(server, Good)).ShouldBe("16");
        (await GrpcAsync(server, Good, tenant: "b")).ShouldBe("0");
        foreach (var (tenant, found) in new[] { ("a", true), ("b", true), ("c", false) })
        {
            var (_, body) = await server.SendAsync(RpcRequests.Json("/querier.v1.QuerierService/LabelValues", $$"""{"name":"service_name",{{server.Range}}}""").With("X-Scope-OrgID", tenant));
            body.Contains("shop").ShouldBe(found, tenant);
        }
    }

    [Fact]
    public async Task Grpc_Errors_HaveTheirCodes()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionBodyLimitMb = 0.01, IngestionRateMb = 0.001, IngestionBurstSizeMb = 0.002 });
        (await GrpcAsync(server, Good)).ShouldBe("0");
        (await GrpcAsync(server, "no"u8.ToArray())).ShouldBe("3");
        (await GrpcAsync(server, new OtlpRequest().Profile("a 1", type: "").ToBytes())).ShouldBe("3");
        (await GrpcAsync(server, new OtlpRequest().Profile($"{new string('x', 20_000)} 1").ToBytes())).ShouldBe("3");
        (await GrpcAsync(server, new OtlpRequest().Profile($"{new string('x', 5_000)} 1").ToBytes())).ShouldBe("8");
    }

    [Fact]
    public async Task ConnectAndGrpcWeb_ReachTheSameMethod()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.SendAsync(RpcRequests.Post(OtlpEndpoint.GrpcPath, Good, "application/proto"))).Status.ShouldBe(200);
        (await server.SendAsync(RpcRequests.Framed(OtlpEndpoint.GrpcPath, RpcRequests.Frame(Good), "application/grpc-web+proto"))).Status.ShouldBe(200);
        (await server.SendAsync(RpcRequests.Json(OtlpEndpoint.GrpcPath, JsonFormatter.Default.Format(ExportProfilesServiceRequest.Parser.ParseFrom(Good))))).Status.ShouldBe(200);
        (await server.StacksAsync(OtlpServer.CpuType)).ShouldBe("a 30");
    }

    private static async Task<string> GrpcAsync(LiveServer server, byte[] message, string? tenant = null)
    {
        var request = RpcRequests.Framed(OtlpEndpoint.GrpcPath, RpcRequests.Frame(message), "application/grpc");
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (tenant is not null) request.With("X-Scope-OrgID", tenant);
        using var response = await server.Http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return (response.TrailingHeaders.TryGetValues("grpc-status", out var status) ? status : response.Headers.GetValues("grpc-status")).Single();
    }
}
