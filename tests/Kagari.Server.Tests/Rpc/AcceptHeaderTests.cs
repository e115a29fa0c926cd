using System.Net;
using Kagari.Server.Rpc;

namespace Kagari.Server.Tests.Rpc;

public sealed class AcceptHeaderTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("application/json; q=0.5 , text/*;level=1", false)]
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", false)]
    [InlineData("*/*; allow-utf8-labelnames=true", true)]
    [InlineData("*/*;allow-utf8-labelnames=\"true\"", true)]
    [InlineData("text/plain,application/json; q=1; Allow-UTF8-LabelNames=TRUE;", true)]
    [InlineData("*/*; allow-utf8-labelnames=false", false)]
    [InlineData("*/*; x=\"allow-utf8-labelnames=true, \\\" ;\"", false)]
    public void TryParse_Valid_FindsTheCapability(string? header, bool utf8)
    {
        AcceptHeader.TryParse(header, out var allows, out var error).ShouldBeTrue(error);
        allows.ShouldBe(utf8);
    }

    [Theory]
    [InlineData("a/b/c", "Accept is 'a/b/c'; expected ',' or ';' at character 3")]
    [InlineData("a b", "Accept is 'a b'; expected ',' or ';' at character 2")]
    [InlineData("text/", "Accept is 'text/'; expected a media type at character 5")]
    [InlineData("/", "Accept is '/'; expected a media type at character 0")]
    [InlineData("a/b; c", "Accept is 'a/b; c'; expected name=value after ';' at character 6")]
    [InlineData("a/b; c=", "Accept is 'a/b; c='; expected a value after '=' at character 7")]
    [InlineData("a/b; c=\"d", "Accept is 'a/b; c=\"d'; expected a value after '=' at character 7")]
    public void TryParse_Invalid_NamesTheCharacter(string header, string expected)
    {
        AcceptHeader.TryParse(header, out _, out var error).ShouldBeFalse();
        error.ShouldBe(expected);
    }

    [Fact]
    public async Task Middleware_InvalidHeader_Is400OnEveryRoute()
    {
        await using var server = await RpcTestServer.StartAsync();
        foreach (var path in new[] { "/utf8", RpcTestServer.LabelNames, "/nothing" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path).With("Accept", "a/b/c");
            using var response = await server.Http1.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
            (await response.Content.ReadAsStringAsync()).ShouldStartWith("Invalid header format: Accept is 'a/b/c'");
        }
    }

    [Theory]
    [InlineData("*/*; allow-utf8-labelnames=true", "yes")]
    [InlineData("*/*", "no")]
    public async Task AllowsUtf8LabelNames_FollowsTheHeader(string accept, string expected)
    {
        await using var server = await RpcTestServer.StartAsync();
        using var response = await server.Http1.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/utf8").With("Accept", accept));
        (await response.Content.ReadAsStringAsync()).ShouldBe(expected);
    }
}
