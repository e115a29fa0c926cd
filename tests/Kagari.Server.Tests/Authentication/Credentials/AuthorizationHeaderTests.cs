using Kagari.Server.Authentication.Credentials;

namespace Kagari.Server.Tests.Authentication.Credentials;

public sealed class AuthorizationHeaderTests
{
    [Theory]
    [InlineData("Bearer abc.def~+/=", null, "abc.def~+/=")]
    [InlineData("bEARER   abc  ", null, "abc")]
    [InlineData("Basic YWxpY2U6c2VzYW1lOng=", "alice", "sesame:x")]
    [InlineData("basic Og==", "", "")]
    [InlineData("Basic w7w6w7Y=", "ü", "ö")]
    public void TryRead_Good_TakesApart(string header, string? user, string secret)
    {
        AuthorizationHeader.TryRead(header, out var read, out var error).ShouldBeTrue(error);
        (read!.User, read.Secret).ShouldBe((user, secret));
    }

    [Theory]
    [InlineData("", "The Authorization header is neither Basic nor Bearer.")]
    [InlineData("Digest x", "The Authorization header is neither Basic nor Bearer.")]
    [InlineData("kgr_token", "The Authorization header is neither Basic nor Bearer.")]
    [InlineData("Bearer", "The Bearer credentials are empty; expected a token.")]
    [InlineData("Bearer a b", "The Bearer credentials hold characters that no token has.")]
    [InlineData("Bearer ä", "The Bearer credentials hold characters that no token has.")]
    [InlineData("Basic x", "The Basic credentials are no base64.")]
    [InlineData("Basic YWxpY2U=", "The Basic credentials have no ':' between user and password.")]
    [InlineData("Basic gDpw", "The Basic credentials are no UTF-8.")]
    [InlineData("Basic YQpiOmM=", "The Basic credentials hold control characters.")]
    public void TryRead_Bad_SaysWhatIsWrong(string header, string expected)
    {
        AuthorizationHeader.TryRead(header, out _, out var error).ShouldBeFalse();
        error.ShouldBe(expected);
    }

    [Fact]
    public void TryRead_TooLong_IsRefusedUnread()
    {
        AuthorizationHeader.TryRead("Bearer " + new string('a', AuthorizationHeader.LengthMax), out _, out var error).ShouldBeFalse();
        error.ShouldBe("The Authorization header has 16391 characters; the limit is 16384.");
    }
}
