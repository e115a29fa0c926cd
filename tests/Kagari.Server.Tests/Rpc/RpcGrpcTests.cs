using System.Net;
using Google.Protobuf;
using Kagari.Server.Rpc;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;
using static Kagari.Server.Tests.Rpc.RpcRequests;

namespace Kagari.Server.Tests.Rpc;

public sealed class RpcGrpcTests : IAsyncLifetime
{
    private const string LabelNames = RpcTestServer.LabelNames;
    private readonly ManualTime _time = new();
    private RpcTestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RpcTestServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    public async Task Grpc_Message_IsEchoed(string contentType)
    {
        var (status, body, response) = await CallAsync(Frame(Request("about")), contentType);
        status.ShouldBe("0 ");
        response.Content.Headers.ContentType!.ToString().ShouldBe(contentType);
        LabelNamesResponse.Parser.ParseFrom(body.AsSpan(5)).Names.ShouldBe(["Grpc", "proto", "HTTP/2", "http"]);
    }

    [Fact]
    public async Task Grpc_Json_IsEchoed()
    {
        var (status, body, _) = await CallAsync(Frame("""{"start":"3"}"""u8.ToArray()), "application/grpc+json");
        status.ShouldBe("0 ");
        body[5..].ShouldBe("""{"names":["3-0"]}"""u8.ToArray());
    }

    [Fact]
    public async Task Grpc_Compressed_BothWays()
    {
        var message = new SelectMergeStacktracesRequest { MaxNodes = 10_000 }.ToByteArray();
        var request = Framed(RpcTestServer.Stacktraces, Frame(Gzip(message), RpcFrame.Compressed), "application/grpc")
            .With("grpc-encoding", "gzip").With("grpc-accept-encoding", "identity,deflate,gzip");
        var (status, body, response) = await CallAsync(request);
        status.ShouldBe("0 ");
        response.Headers.GetValues("grpc-encoding").ShouldBe(["gzip"]);
        body[0].ShouldBe(RpcFrame.Compressed);
        SelectMergeStacktracesResponse.Parser.ParseFrom(Gunzip(body[5..])).Flamegraph.Levels[0].Values.Count.ShouldBe(10_000);
    }

    [Fact]
    public async Task Grpc_Error_IsPercentEncodedInTrailers()
    {
        var (status, body, response) = await CallAsync(Frame(Request("fail:NotFound:50% of ü\n")), "application/grpc");
        status.ShouldBe("5 50%25 of %C3%BC%0A");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "12 The request has no message; expected one.")]
    [InlineData("0000", "3 The frame header has 2 bytes; expected 5.")]
    [InlineData("0000000005", "3 The frame promises 5 bytes; 0 arrived.")]
    [InlineData("00FFFFFFFF", "3 The frame promises 4294967295 bytes; 0 arrived.")]
    [InlineData("00000000000000000000", "12 The request has several messages; expected one.")]
    [InlineData("0100000000", "13 The frame is marked as compressed, but header grpc-encoding names no compression.")]
    [InlineData("0200000000", "3 The frame has flags 0x02; expected 0x00 or 0x01.")]
    [InlineData("0000000000", "0 ")]
    public async Task Grpc_Frames_AreChecked(string hex, string expected)
    {
        var (status, _, _) = await CallAsync(Convert.FromHexString(hex), "application/grpc");
        status.ShouldBe(expected);
    }

    [Fact]
    public async Task Grpc_UnknownEncoding_IsUnimplemented()
    {
        var (status, _, response) = await CallAsync(Framed(LabelNames, Frame([]), "application/grpc").With("grpc-encoding", "zstd"));
        status.ShouldStartWith("12 unknown compression \"zstd\"");
        response.Headers.GetValues("grpc-accept-encoding").ShouldBe(["identity,gzip"]);
    }

    [Fact]
    public async Task Grpc_TooLarge_IsInvalidArgument()
    {
        var most = (int)RpcTestServer.BodyBytesMax;
        (await CallAsync(Framed(RpcTestServer.Bytes, Frame(new byte[most - 5]), "application/grpc"))).Status.ShouldBe("0 ");
        (await CallAsync(Framed(RpcTestServer.Bytes, Frame(new byte[most + 1]), "application/grpc"))).Status
            .ShouldEndWith("the limit is 100000 (setting test_body_max).");
        (await CallAsync(Framed(RpcTestServer.Bytes, Frame(Gzip(new byte[most + 1]), 1), "application/grpc").With("grpc-encoding", "gzip"))).Status
            .ShouldBe("3 The decompressed request body has more bytes; the limit is 100000 (setting test_body_max).");
    }

    [Theory]
    [InlineData("2S")]
    [InlineData("2000m")]
    [InlineData("2000000u")]
    public async Task Grpc_Timeout_IsKept(string timeout)
    {
        var call = CallAsync(Framed(LabelNames, Frame(Request("wait")), "application/grpc").With("grpc-timeout", timeout));
        await _server.Waiting.Task;
        _time.Advance(TimeSpan.FromSeconds(2));
        (await call).Status.ShouldStartWith("4 ");
    }

    [Theory]
    [InlineData("2x")]
    [InlineData("S")]
    [InlineData("123456789S")]
    public async Task Grpc_TimeoutInvalid_IsInvalidArgument(string timeout) =>
        (await CallAsync(Framed(LabelNames, Frame([]), "application/grpc").With("grpc-timeout", timeout))).Status.ShouldStartWith("3 Header grpc-timeout");

    [Fact]
    public async Task Grpc_OverHttp1_Is505()
    {
        using var response = await _server.Http1.SendAsync(Framed(LabelNames, Frame([]), "application/grpc"));
        ((int)response.StatusCode).ShouldBe(505);
    }

    [Fact]
    public async Task GrpcWeb_BothHttpVersions_CarryTrailersInTheBody()
    {
        foreach (var client in new[] { _server.Http1, _server.Http2 })
        {
            using var response = await client.SendAsync(Framed(LabelNames, Frame(Request("about")), "application/grpc-web+proto"));
            var body = await response.Content.ReadAsByteArrayAsync();
            var message = (int)RpcFrame.ReadLength(body);
            LabelNamesResponse.Parser.ParseFrom(body.AsSpan(5, message)).Names[0].ShouldBe("GrpcWeb");
            body[5 + message].ShouldBe(RpcFrame.Trailers);
            body[(10 + message)..].ShouldBe("grpc-status: 0\r\n"u8.ToArray());
        }
    }

    [Fact]
    public async Task GrpcWeb_Error_IsATrailerFrame()
    {
        using var response = await _server.Http1.SendAsync(Framed(LabelNames, Frame(Request("fail:Unauthenticated:no org id")), "application/grpc-web"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await response.Content.ReadAsByteArrayAsync();
        body[0].ShouldBe(RpcFrame.Trailers);
        body[5..].ShouldBe("grpc-status: 16\r\ngrpc-message: no org id\r\n"u8.ToArray());
    }

    private static byte[] Request(string order) => new LabelNamesRequest { Matchers = { order } }.ToByteArray();

    private Task<(string Status, byte[] Body, HttpResponseMessage Response)> CallAsync(byte[] body, string contentType) =>
        CallAsync(Framed(LabelNames, body, contentType));

    private async Task<(string Status, byte[] Body, HttpResponseMessage Response)> CallAsync(HttpRequestMessage request)
    {
        var response = await _server.Http2.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        var status = response.TrailingHeaders.GetValues("grpc-status").Single();
        var message = response.TrailingHeaders.TryGetValues("grpc-message", out var values) ? values.Single() : "";
        return ($"{status} {message}", body, response);
    }
}
