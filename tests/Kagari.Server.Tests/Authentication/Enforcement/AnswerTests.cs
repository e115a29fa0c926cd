using System.Text;
using Kagari.Server.Tests.Rpc;

namespace Kagari.Server.Tests.Authentication.Enforcement;

/// <summary>A refusal is the same everywhere, in the form that the clients of each route read.</summary>
public sealed class AnswerTests
{
    private const string Method = "/querier.v1.QuerierService/ProfileTypes", Otlp = "/v1development/profiles";
    private const string Asked = "This server asks for credentials: basic authentication or a bearer token.";
    private const string Denied = "'of-b' has no access to a tenant that header X-Scope-OrgID names: 'a'.";

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/proto", "application/json")]
    [InlineData("text/html", "application/json")]
    public async Task Connect_Refused_AnswersItsErrorObject(string type, string answer)
    {
        await using var server = await AuthServer.StartAsync();
        using var none = await SendAsync(server, RpcRequests.Json(Method, "{}", type), null);
        ((int)none.StatusCode, none.Content.Headers.ContentType!.ToString(), (await none.Content.ReadAsStringAsync()).TrimEnd())
            .ShouldBe((401, answer, $$"""{"code":"unauthenticated","message":"{{Asked}}"}"""));
        none.Headers.WwwAuthenticate.Select(h => h.Scheme).ShouldBe(["Basic", "Bearer"]);
        using var other = await SendAsync(server, RpcRequests.Json(Method, "{}", type), AuthServer.OfB);
        ((int)other.StatusCode, (await other.Content.ReadAsStringAsync()).TrimEnd()).ShouldBe((403, $$"""{"code":"permission_denied","message":"{{Denied}}"}"""));
        other.Headers.WwwAuthenticate.ShouldBeEmpty();
    }

    [Fact]
    public async Task Script_Refused_IsNotAskedByTheBrowser()
    {
        await using var server = await AuthServer.StartAsync();
        using var request = RpcRequests.Json(Method, "{}", "application/json");
        request.Headers.Add("X-Requested-With", "kagari");
        using var answer = await SendAsync(server, request, null);
        ((int)answer.StatusCode).ShouldBe(401);
        answer.Headers.WwwAuthenticate.Select(h => h.Scheme).ShouldBe(["Bearer"]);
    }

    [Fact]
    public async Task PlainHttp_Refused_AnswersJsonAndALineFeed()
    {
        await using var server = await AuthServer.StartAsync();
        using var none = await SendAsync(server, new HttpRequestMessage(HttpMethod.Get, "/pyroscope/render"), null);
        ((int)none.StatusCode, await none.Content.ReadAsStringAsync()).ShouldBe((401, $$"""{"code":"unauthenticated","message":"{{Asked}}"}""" + "\n"));
        using var denied = await SendAsync(server, RpcRequests.Post("/ingest?name=a", "a 1\n"u8.ToArray(), "text/plain"), AuthServer.Reader);
        ((int)denied.StatusCode, await denied.Content.ReadAsStringAsync()).ShouldBe((403, """{"code":"permission_denied","message":"'reader' lacks the scope 'write'."}""" + "\n"));
    }

    [Fact]
    public async Task OtlpHttp_Refused_AnswersText()
    {
        await using var server = await AuthServer.StartAsync();
        using var none = await SendAsync(server, RpcRequests.Post(Otlp, [], "application/x-protobuf"), null);
        ((int)none.StatusCode, none.Content.Headers.ContentType!.MediaType, await none.Content.ReadAsStringAsync()).ShouldBe((401, "text/plain", Asked + "\n"));
        using var denied = await SendAsync(server, RpcRequests.Post(Otlp, [], "application/x-protobuf"), AuthServer.OfB);
        ((int)denied.StatusCode, await denied.Content.ReadAsStringAsync()).ShouldBe((403, Denied + "\n"));
    }

    [Fact]
    public async Task GrpcWeb_Refused_AnswersATrailerFrame()
    {
        await using var server = await AuthServer.StartAsync();
        using var none = await SendAsync(server, RpcRequests.Framed(Method, RpcRequests.Frame([]), "application/grpc-web+proto"), null);
        ((int)none.StatusCode, none.Content.Headers.ContentType!.MediaType).ShouldBe((200, "application/grpc-web+proto"));
        Encoding.ASCII.GetString((await none.Content.ReadAsByteArrayAsync())[5..]).ShouldBe($"grpc-status: 16\r\ngrpc-message: {Asked}\r\n");
    }

    [Fact]
    public async Task Grpc_Refused_AnswersInTrailers()
    {
        await using var server = await AuthServer.StartAsync();
        foreach (var (token, status) in new[] { (null, "16"), ("kgr_wrong", "16"), (AuthServer.Writer, "7"), (AuthServer.OfB, "7"), (AuthServer.Reader, "0") })
        {
            var request = RpcRequests.Framed(Method, RpcRequests.Frame([]), "application/grpc");
            (request.Version, request.VersionPolicy) = (new Version(2, 0), HttpVersionPolicy.RequestVersionExact);
            using var response = await SendAsync(server, request, token);
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            ((int)response.StatusCode, response.TrailingHeaders.GetValues("grpc-status").Single()).ShouldBe((200, status), token);
        }
        using var old = await SendAsync(server, RpcRequests.Framed(Method, RpcRequests.Frame([]), "application/grpc"), null);
        ((int)old.StatusCode).ShouldBe(401, "gRPC over HTTP/1.1 has no trailers to say it in");
    }

    private static Task<HttpResponseMessage> SendAsync(AuthServer server, HttpRequestMessage request, string? token)
    {
        request.Headers.Add("X-Scope-OrgID", "a");
        if (token is not null) request.Headers.Authorization = AuthServer.Bearer(token);
        return server.Http.SendAsync(request);
    }
}
