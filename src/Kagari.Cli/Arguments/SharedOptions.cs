using System.CommandLine;
using Kagari.Cli.Connection;

namespace Kagari.Cli.Arguments;

/// <summary>Options of every command: where the server is, who asks, and how results are written.</summary>
/// <remarks>Each has an environment variable; the option wins.</remarks>
internal sealed class SharedOptions(CliContext context)
{
    private readonly Option<string?> _url = Of("--url", "URL", "Address of the server. Default: KAGARI_URL, else http://localhost:4040.");
    private readonly Option<string?> _tenant = Of("--tenant", "ID", "Tenant, sent as X-Scope-OrgID. Default: KAGARI_TENANT_ID.");
    private readonly Option<string?> _token = Of("--token", "TOKEN", "Bearer token. Default: KAGARI_TOKEN.");
    private readonly Option<string?> _username = Of("--username", "NAME", "User of basic authentication. Default: KAGARI_USERNAME.");
    private readonly Option<string?> _password = Of("--password", "TEXT", "Password of basic authentication. Default: KAGARI_PASSWORD.");

    public Option<bool> Json { get; } = new("--json") { Description = "Writes the result as JSON.", Recursive = true };

    public IEnumerable<Option> All => [_url, _tenant, _token, _username, _password, Json];

    /// <summary>Where and as whom to call.</summary>
    /// <exception cref="CommandFailedException">The URL is none, or token and user are both given.</exception>
    public ServerAddress Address(ParseResult parsed)
    {
        var url = parsed.GetValue(_url) ?? context.Variable("KAGARI_URL") ?? "http://localhost:4040";
        if (!url.Contains("://")) url = "http://" + url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw CommandFailedException.Usage($"--url '{url}' is no http or https address");
        // What is said on the command line replaces what the environment says about the other kind.
        var (token, username) = (parsed.GetValue(_token), parsed.GetValue(_username));
        if (token is not null && username is not null) throw CommandFailedException.Usage("--token and --username exclude each other");
        if (token is null && username is null) (token, username) = (context.Variable("KAGARI_TOKEN"), context.Variable("KAGARI_USERNAME"));
        return new ServerAddress(
            address, parsed.GetValue(_tenant) ?? context.Variable("KAGARI_TENANT_ID"), token, username,
            parsed.GetValue(_password) ?? context.Variable("KAGARI_PASSWORD"));
    }

    private static Option<string?> Of(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
