using System.Text;
using Kagari.Server.Authentication.Credentials;

namespace Kagari.Cli.Tests.Authentication;

/// <summary><c>kagari auth</c>: entries that a server takes.</summary>
public sealed class AuthCommandTests
{
    [Theory]
    [InlineData("sesame")]
    [InlineData("sesame\n")]
    [InlineData("sesame\r\n")]
    public async Task Hash_OfStandardInput_IsOfThatPassword(string input)
    {
        var run = await CommandRun.OfAsync(["auth", "hash"], input: Encoding.UTF8.GetBytes(input));
        (run.ExitCode, run.Error).ShouldBe((ExitCode.Ok, ""));
        run.Out.ShouldStartWith("pbkdf2-sha256$600000$");
        PasswordHash.TryParse(run.Out.TrimEnd(), out var hash, out var error).ShouldBeTrue(error);
        hash!.Matches("sesame").ShouldBeTrue();
        hash.Matches("Sesame").ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "there is no password on standard input")]
    [InlineData("a\tb", "the password holds control characters")]
    public async Task Hash_OfNoPassword_SaysSo(string input, string error)
    {
        var run = await CommandRun.OfAsync(["auth", "hash"], input: Encoding.UTF8.GetBytes(input));
        (run.ExitCode, run.Out).ShouldBe((ExitCode.Usage, ""));
        run.Error.ShouldContain(error);
    }

    [Fact]
    public async Task Token_New_IsShownOnceAndItsEntryHoldsTheHash()
    {
        var run = await CommandRun.OfAsync(["auth", "token", "--name", "ci", "--scope", "write", "--scope", "read", "--for-tenant", "team-a"]);
        run.ExitCode.ShouldBe(ExitCode.Ok);
        var token = run.Error.TrimEnd();
        token.ShouldStartWith("kgr_");
        run.Out.ShouldBe($"  - name: \"ci\"\n    sha256: {AccessToken.Hash(token)}\n    scopes: [write, read]\n    tenants: [\"team-a\"]\n");
        (await CommandRun.OfAsync(["auth", "token", "--name", "ci", "--scope", "admin"])).Out.ShouldContain("tenants: [\"*\"]");
    }

    [Theory]
    [InlineData("auth", "Required command was not provided.")]
    [InlineData("auth token --scope read", "Option '--name' is required.")]
    [InlineData("auth token --name x", "Option '--scope' is required.")]
    [InlineData("auth token --name x --scope all", "Argument 'all' not recognized")]
    [InlineData("auth hash sesame", "Unrecognized command or argument 'sesame'")]
    [InlineData("labels --token a --token-file b", "--token and --token-file exclude each other")]
    [InlineData("labels --token-file /no/such", "--token-file '/no/such' cannot be read: ")]
    [InlineData("labels --username a --password-file /dev/null", "--password-file '/dev/null' is empty")]
    [InlineData("labels --token-file /dev/null", "--token-file '/dev/null' is empty")]
    [InlineData("labels --client-key k", "--client-key needs --client-cert")]
    [InlineData("labels --ca-file /dev/null", "--ca-file '/dev/null' holds no certificate in PEM")]
    [InlineData("labels --ca-file /no/such", "--ca-file '/no/such' cannot be used: ")]
    [InlineData("labels --client-cert /dev/null", "--client-cert '/dev/null' cannot be used: ")]
    public async Task Run_WrongCommandLine_EndsWith2AndSaysWhy(string arguments, string message)
    {
        var run = await CommandRun.OfAsync(arguments.Split(' '));
        run.Error.ShouldContain(message);
        run.ExitCode.ShouldBe(ExitCode.Usage);
    }
}
