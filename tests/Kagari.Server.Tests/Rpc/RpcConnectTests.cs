using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Kagari.Server.Rpc;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;
using static Kagari.Server.Tests.Rpc.RpcRequests;

namespace Kagari.Server.Tests.Rpc;

public sealed class RpcConnectTests : IAsyncLifetime
{
    private const string LabelNames = RpcTestServer.LabelNames;
    private readonly ManualTime _time = new();
    private RpcTestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RpcTestServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("Application/JSON")]
    public async Task Json_AnyAcceptedContentType_Answers(string contentType) =>
        (await _server.Http1.SendAsync(Json(LabelNames, """{"matchers":["a"],"start":1,"end":"2"}""", contentType)).ReadAsync())
            .ShouldBe("""200 application/json {"names":["a","1-2"]}""");

    [Fact]
    public async Task Proto_BothHttpVersions_Answer()
    {
        foreach (var client in new[] { _server.Http1, _server.Http2 })
        {
            using var response = await client.SendAsync(Proto(LabelNames, new LabelNamesRequest { Matchers = { "x" }, End = 7 }));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.ToString().ShouldBe("application/proto");
            LabelNamesResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).Names.ShouldBe(["x", "0-7"]);
        }
    }

    [Fact]
    public async Task Empty_IsAMessageInProtoAndAnErrorInJson()
    {
        using var response = await _server.Http1.SendAsync(Post(LabelNames, [], "application/proto"));
        LabelNamesResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).Names.ShouldBe(["0-0"]);
        (await _server.Http1.SendAsync(Json(LabelNames, "")).ReadAsync())
            .ShouldBe("""400 application/json {"code":"invalid_argument","message":"The request body is empty; expected a JSON object ({} is the empty message)."}""");
        (await _server.Http1.SendAsync(Json(LabelNames, "{}")).ReadAsync()).ShouldBe("""200 application/json {"names":["0-0"]}""");
    }

    [Theory]
    [InlineData("{", "Invalid JSON at line 1")]
    [InlineData("[]", "The message: expected an object")]
    [InlineData("""{"start":"soon"}""", "Field 'start': expected a 64-bit integer")]
    public async Task Json_Invalid_Is400(string json, string message) =>
        (await _server.Http1.SendAsync(Json(LabelNames, json)).ReadAsync())
            .ShouldStartWith($$"""400 application/json {"code":"invalid_argument","message":"{{message}}""");

    [Fact]
    public async Task Proto_Invalid_Is400() =>
        (await _server.Http1.SendAsync(Post(LabelNames, [10, 200], "application/proto")).ReadAsync())
            .ShouldStartWith("""400 application/json {"code":"invalid_argument","message":"The request is no types.v1.LabelNamesRequest:""");

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task OtherMethods_Are405(string method)
    {
        using var response = await _server.Http1.SendAsync(new HttpRequestMessage(new HttpMethod(method), LabelNames));
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/proto; charset=utf-8")]
    [InlineData("application/connect+json")]
    [InlineData("application/grpc+thrift")]
    [InlineData(";;;")]
    public async Task OtherContentTypes_Are415(string? contentType)
    {
        using var response = await _server.Http1.SendAsync(Post(LabelNames, "{}"u8.ToArray(), contentType));
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        response.Headers.GetValues("Accept-Post").Single().ShouldStartWith("application/proto, application/json, application/grpc");
    }

    [Fact]
    public async Task Gzip_Request_IsDecompressed()
    {
        (await _server.Http1.SendAsync(Post(LabelNames, Gzip("""{"start":5}"""u8.ToArray()), "application/json").With("Content-Encoding", "gzip")).ReadAsync())
            .ShouldBe("""200 application/json {"names":["5-0"]}""");
        (await _server.Http1.SendAsync(Json(LabelNames, "{}").With("Content-Encoding", "identity")).ReadAsync()).ShouldStartWith("200");
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br, gzip", true)]
    [InlineData("GZIP;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    [InlineData("identity", false)]
    [InlineData("*", false)]
    [InlineData(null, false)]
    public async Task Gzip_Response_OnlyIfAskedFor(string? accept, bool compressed)
    {
        var request = Proto(RpcTestServer.Stacktraces, new SelectMergeStacktracesRequest { MaxNodes = 50_000 });
        if (accept is not null) request.With("Accept-Encoding", accept);
        using var response = await _server.Http1.SendAsync(request);
        response.Content.Headers.ContentEncoding.ShouldBe(compressed ? ["gzip"] : []);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        response.Content.Headers.ContentLength.ShouldBe(bytes.Length);
        var message = SelectMergeStacktracesResponse.Parser.ParseFrom(compressed ? Gunzip(bytes) : bytes);
        message.Flamegraph.Levels.Single().Values.Count.ShouldBe(50_000);
    }

    [Fact]
    public async Task Gzip_SmallResponse_StaysPlain()
    {
        using var response = await _server.Http1.SendAsync(Json(LabelNames, "{}").With("Accept-Encoding", "gzip"));
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Fact]
    public async Task Encoding_Unknown_IsUnimplemented() =>
        (await _server.Http1.SendAsync(Json(LabelNames, "{}").With("Content-Encoding", "br")).ReadAsync())
            .ShouldBe("""501 application/json {"code":"unimplemented","message":"unknown compression \"br\": supported encodings are gzip"}""");

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b })]
    public async Task Gzip_Broken_Is400(byte[] body) =>
        (await _server.Http1.SendAsync(Post(LabelNames, body, "application/proto").With("Content-Encoding", "gzip")).ReadAsync())
            .ShouldBe("""400 application/json {"code":"invalid_argument","message":"The request body is not valid gzip, or ends early."}""");

    [Fact]
    public async Task Gzip_CutAnywhere_NeverPassesAsShorter()
    {
        var random = new byte[40];
        new Random(2).NextBytes(random);
        foreach (var plain in new[] { Encoding.ASCII.GetBytes(new string('a', 50) + "bcdefghijk"), random, new byte[100], [] })
        {
            var whole = Gzip(plain);
            for (var length = 1; length <= whole.Length; length++)
            {
                using var response = await _server.Http1.SendAsync(Post(RpcTestServer.Bytes, whole[..length], "application/proto").With("Content-Encoding", "gzip"));
                response.StatusCode.ShouldBe(length == whole.Length ? HttpStatusCode.OK : HttpStatusCode.BadRequest, $"cut at {length} of {whole.Length}");
            }
        }
    }

    [Fact]
    public async Task Gzip_SeveralMembers_AreOneBody()
    {
        byte[] body = [.. Gzip("first, "u8.ToArray()), .. Gzip("second"u8.ToArray())];
        (await _server.Http1.SendAsync(Post(RpcTestServer.Bytes, body, "application/proto").With("Content-Encoding", "gzip")).ReadAsync())
            .ShouldBe("200 application/proto first, second");
        (await _server.Http1.SendAsync(Post(RpcTestServer.Bytes, body[..^1], "application/proto").With("Content-Encoding", "gzip")).ReadAsync())
            .ShouldStartWith("400");
    }

    [Fact]
    public async Task Body_OverTheLimit_NamesValueLimitAndSetting()
    {
        var body = new byte[RpcTestServer.BodyBytesMax + 1];
        (await _server.Http1.SendAsync(Post(RpcTestServer.Bytes, body, "application/proto")).ReadAsync())
            .ShouldBe("""400 application/json {"code":"invalid_argument","message":"The request body has 100001 bytes; the limit is 100000 (setting test_body_max)."}""");
        (await _server.Http1.SendAsync(Post(RpcTestServer.Bytes, body[1..], "application/proto")).ReadAsync()).ShouldStartWith("200");
    }

    [Fact]
    public async Task Body_OverTheLimitInChunks_IsNotReadToItsEnd()
    {
        // Without Content-Length: the client would send for ever.
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _server.Url.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST {RpcTestServer.Bytes} HTTP/1.1\r\nHost: x\r\nContent-Type: application/proto\r\nTransfer-Encoding: chunked\r\n\r\n"));
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        await socket.SendAsync(chunk);
        await socket.SendAsync(chunk);
        var reply = new byte[12];
        using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(reply);
        Encoding.ASCII.GetString(reply).ShouldBe("HTTP/1.1 400");
    }

    [Fact]
    public async Task Body_DecompressedOverTheLimit_Is400()
    {
        var bomb = Gzip(new byte[50_000_000]);
        bomb.Length.ShouldBeLessThan((int)RpcTestServer.BodyBytesMax);
        (await _server.Http1.SendAsync(Post(RpcTestServer.Bytes, bomb, "application/proto").With("Content-Encoding", "gzip")).ReadAsync())
            .ShouldBe("""400 application/json {"code":"invalid_argument","message":"The decompressed request body has more bytes; the limit is 100000 (setting test_body_max)."}""");
    }

    [Fact]
    public async Task Bytes_Echo_SeesTheDecompressedBody()
    {
        var body = new byte[70_000];
        new Random(1).NextBytes(body);
        using var response = await _server.Http1.SendAsync(Post(RpcTestServer.Bytes, Gzip(body), "application/proto").With("Content-Encoding", "gzip"));
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(body);
        (await _server.Http1.SendAsync(Json(RpcTestServer.Bytes, """{"a":1}""")).ReadAsync()).ShouldBe("""200 application/json {"a":1}""");
        (await _server.Http1.SendAsync(Json(RpcTestServer.Bytes, "")).ReadAsync()).ShouldStartWith("400");
    }

    [Theory]
    [InlineData(1, 499, "canceled")]
    [InlineData(2, 500, "unknown")]
    [InlineData(3, 400, "invalid_argument")]
    [InlineData(4, 504, "deadline_exceeded")]
    [InlineData(5, 404, "not_found")]
    [InlineData(6, 409, "already_exists")]
    [InlineData(7, 403, "permission_denied")]
    [InlineData(8, 429, "resource_exhausted")]
    [InlineData(9, 400, "failed_precondition")]
    [InlineData(10, 409, "aborted")]
    [InlineData(11, 400, "out_of_range")]
    [InlineData(12, 501, "unimplemented")]
    [InlineData(13, 500, "internal")]
    [InlineData(14, 503, "unavailable")]
    [InlineData(15, 500, "data_loss")]
    [InlineData(16, 401, "unauthenticated")]
    public async Task RpcException_EachCode_HasStatusAndName(int code, int status, string name)
    {
        (await _server.Http1.SendAsync(Json(LabelNames, $$"""{"matchers":["fail:{{(RpcCode)code}}:no ü <b>"]}""")).ReadAsync())
            .ShouldBe($$"""{{status}} application/json {"code":"{{name}}","message":"no ü <b>"}""");
        (await _server.Calls.Reader.ReadAsync()).Code.ShouldBe((RpcCode)code);
    }

    [Fact]
    public async Task Exception_Unforeseen_IsLoggedAndNotTold()
    {
        var reply = await _server.Http1.SendAsync(Json(LabelNames, """{"matchers":["throw"]}""")).ReadAsync();
        reply.ShouldStartWith("""500 application/json {"code":"unknown","message":"The server failed at this request; its log tells why""");
        reply.ShouldNotContain("secret");
        _server.Log.Errors.ShouldHaveSingleItem().ShouldContain("secret path");
    }

    [Fact]
    public async Task Deadline_Passed_Is504()
    {
        var call = _server.Http1.SendAsync(Json(LabelNames, """{"matchers":["wait"]}""").With("Connect-Timeout-Ms", "1500"));
        await _server.Waiting.Task;
        _time.Advance(TimeSpan.FromMilliseconds(1499));
        _server.Canceled.Task.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await call.ReadAsync()).ShouldBe("""504 application/json {"code":"deadline_exceeded","message":"The time that the client gave for this request is over."}""");
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("12345678901")]
    public async Task Deadline_Invalid_Is400(string timeout) =>
        (await _server.Http1.SendAsync(Json(LabelNames, "{}").With("Connect-Timeout-Ms", timeout)).ReadAsync())
            .ShouldStartWith("""400 application/json {"code":"invalid_argument","message":"Header Connect-Timeout-Ms is""");

    [Fact]
    public async Task Deadline_Longest_IsNone() =>
        (await _server.Http1.SendAsync(Json(LabelNames, "{}").With("Connect-Timeout-Ms", "9999999999")).ReadAsync()).ShouldStartWith("200");

    [Theory]
    [InlineData("1", 200)]
    [InlineData("2", 400)]
    public async Task ProtocolVersion_OtherThanOne_Is400(string version, int status) =>
        (await _server.Http1.SendAsync(Json(LabelNames, "{}").With("Connect-Protocol-Version", version)).ReadAsync()).ShouldStartWith($"{status}");

    [Fact]
    public async Task Client_Gone_CancelsTheCall()
    {
        foreach (var client in new[] { _server.Http1, _server.Http2 })
        {
            await using var server = await RpcTestServer.StartAsync();
            using var gone = new CancellationTokenSource();
            var call = server.Client(client.DefaultRequestVersion).SendAsync(Json(LabelNames, """{"matchers":["wait"]}"""), gone.Token);
            await server.Waiting.Task;
            await gone.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(call);
            await server.Canceled.Task;
            (await server.Calls.Reader.ReadAsync()).Code.ShouldBe(RpcCode.Canceled);
            server.Log.Errors.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Handler_Headers_ReachTheClient()
    {
        using var response = await _server.Http1.SendAsync(Json(LabelNames, """{"matchers":["header:X-Test:yes"]}"""));
        response.Headers.GetValues("X-Test").ShouldBe(["yes"]);
    }
}
