using System.Text.RegularExpressions;
using Kagari.Server.Authentication.Credentials;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Configuration;
using Kagari.Server.Tests.Clients;
using Kagari.Server.Tests.Configuration;
using Kagari.Testing;

namespace Kagari.Server.Tests.Authentication;

/// <summary>Runs what docs/guide/authentication.md shows.</summary>
public sealed partial class AuthenticationGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "authentication.md"));

    [Fact]
    public async Task Commands_InTheirOrder_Work()
    {
        var kagari = KagariExecutable.FindFolder();
        await using var server = await AuthServer.StartAsync("");
        await RunAsync(Block("commands"), server, kagari);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        var output = await RunAsync(Block("requests"), server, kagari);
        output.Split('\n').Where(l => l.Length == 3).ShouldBe(["401", "403"], output);
        output.Split('\n').Count(l => l == "[]").ShouldBe(3, output);
    }

    [Fact]
    public async Task Tls_Commands_Work()
    {
        var kagari = KagariExecutable.FindFolder();
        await using var server = await AuthServer.StartAsync(tls: folder =>
        {
            var (status, output) = ExternalTool.RunAsync("bash", "-euc", $"cd '{folder}'\n{Block("tls")}\nprintf %s {AuthServer.Reader} > token.txt").GetAwaiter().GetResult();
            status.ShouldBe(0, output);
            return new TlsOptions { CertFile = Path.Combine(folder, "server.pem"), KeyFile = Path.Combine(folder, "server.key") };
        });
        (await RunAsync(Block("tls-requests"), server, kagari)).ShouldContain("ready");
    }

    [Fact]
    public void Files_CanBeRead()
    {
        var set = CredentialFile.Parse(Block("auth.yaml"), "auth.yaml");
        set.OfToken("hello")!.Name.ShouldBe("ci");
        set.OfPassword("alice", "open sesame")!.Name.ShouldBe("alice");
        foreach (var text in Fence().Matches(Guide).Select(m => m.Groups["text"].Value).Where(t => t.StartsWith("certificates:", StringComparison.Ordinal)))
            CredentialFile.Parse(text, "auth.yaml").Count.ShouldBe(1);
        var settings = Fence().Matches(Guide).Select(m => m.Groups["text"].Value).Single(t => t.StartsWith("auth:", StringComparison.Ordinal));
        Loading.Load("", settings).Options.Authentication.Oidc.ScopeClaim.ShouldBe("realm_access.roles");
    }

    [Fact]
    public void Settings_Named_Exist()
    {
        foreach (Match name in Setting().Matches(Guide))
            ServerSettings.All.Any(s => s.Key == name.Value || s.Flag == name.Value || s.Key!.StartsWith(name.Value + ".", StringComparison.Ordinal)).ShouldBeTrue(name.Value);
    }

    private static string Block(string mark)
    {
        var after = Guide[(Guide.IndexOf($"<!-- tested: {mark} -->", StringComparison.Ordinal) + 1)..];
        return Fence().Match(after).Groups["text"].Value;
    }

    private static async Task<string> RunAsync(string commands, AuthServer server, string kagari)
    {
        var url = server.Url;
        var script = $"cd '{server.Folder}'\nexport KAGARI_URL={url}\nexport PATH='{kagari}':\"$PATH\"\n{Regex.Replace(commands, "https?://localhost:4040", url)}";
        var (status, output) = await ExternalTool.RunAsync("bash", "-euc", script);
        status.ShouldBe(0, output);
        return output;
    }

    [GeneratedRegex(@"^```\w+\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<![\w.])(auth|server)\.(?!yaml|pem|key)[a-z_.-]*[a-z](?=[`\s=])", RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
