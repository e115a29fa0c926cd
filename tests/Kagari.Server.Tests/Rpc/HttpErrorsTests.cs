namespace Kagari.Server.Tests.Rpc;

public sealed class HttpErrorsTests
{
    [Theory]
    [InlineData(400, "invalid_argument")]
    [InlineData(401, "unauthenticated")]
    [InlineData(403, "permission_denied")]
    [InlineData(404, "unimplemented")]
    [InlineData(408, "unknown")]
    [InlineData(412, "failed_precondition")]
    [InlineData(413, "invalid_argument")]
    [InlineData(422, "unknown")]
    [InlineData(429, "resource_exhausted")]
    [InlineData(431, "resource_exhausted")]
    [InlineData(499, "canceled")]
    [InlineData(500, "unknown")]
    [InlineData(502, "unavailable")]
    [InlineData(503, "unavailable")]
    [InlineData(504, "deadline_exceeded")]
    public async Task WriteAsync_StatusOnly_DerivesTheCode(int status, string code)
    {
        await using var server = await RpcTestServer.StartAsync();
        using var response = await server.Http1.GetAsync($"/plain?status={status}");
        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await response.Content.ReadAsStringAsync()).ShouldBe($$"""{"code":"{{code}}","message":"no \"such\" <thing>"}""" + "\n");
    }
}
