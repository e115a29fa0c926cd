using System.CommandLine;
using System.Text;
using Kagari.Cli.Connection;

namespace Kagari.Cli.Arguments;

/// <summary>Options of every command: where the server is, who asks, and how results are written.</summary>
/// <remarks>Each has an environment variable; the option wins.</remarks>
internal sealed class SharedOptions(CliContext context)
{
    private const string Standard = "-";

    private readonly Option<string?> _url = Of("--url", "URL", "Address of the server. Default: KAGARI_URL, else http://localhost:4040.");
    private readonly Option<string?> _tenant = Of("--tenant", "ID", "Tenant, sent as X-Scope-OrgID. Default: KAGARI_TENANT_ID.");
    private readonly Option<string?> _token = Of("--token", "TOKEN", "Bearer token. Default: KAGARI_TOKEN.");
    private readonly Option<string?> _tokenFile = Of("--token-file", "FILE", "File with the bearer token, - for standard input. Default: KAGARI_TOKEN_FILE.");
    private readonly Option<string?> _username = Of("--username", "NAME", "User of basic authentication. Default: KAGARI_USERNAME.");
    private readonly Option<string?> _password = Of("--password", "TEXT", "Password of basic authentication. Default: KAGARI_PASSWORD.");
    private readonly Option<string?> _passwordFile = Of("--password-file", "FILE", "File with the password, - for standard input. Default: KAGARI_PASSWORD_FILE.");
    private readonly Option<string?> _caFile = Of("--ca-file", "FILE", "Authorities of the server's certificate in PEM, in place of the system's. Default: KAGARI_CA_FILE.");
    private readonly Option<string?> _clientCert = Of("--client-cert", "FILE", "Certificate of the caller in PEM. Default: KAGARI_CLIENT_CERT.");
    private readonly Option<string?> _clientKey = Of("--client-key", "FILE", "Key of that certificate. Default: KAGARI_CLIENT_KEY, else in the same file.");

    public Option<bool> Json { get; } = new("--json") { Description = "Writes the result as JSON.", Recursive = true };

    public IEnumerable<Option> All => [_url, _tenant, _token, _tokenFile, _username, _password, _passwordFile, _caFile, _clientCert, _clientKey, Json];

    /// <summary>Where and as whom to call.</summary>
    /// <exception cref="CommandFailedException">The URL is none, options exclude each other, or a file cannot be read.</exception>
    public ServerAddress Address(ParseResult parsed)
    {
        var url = parsed.GetValue(_url) ?? context.Variable("KAGARI_URL") ?? "http://localhost:4040";
        if (!url.Contains("://")) url = "http://" + url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw CommandFailedException.Usage($"--url '{url}' is no http or https address");
        var tls = new TlsFiles(
            parsed.GetValue(_caFile) ?? context.Variable("KAGARI_CA_FILE"), parsed.GetValue(_clientCert) ?? context.Variable("KAGARI_CLIENT_CERT"),
            parsed.GetValue(_clientKey) ?? context.Variable("KAGARI_CLIENT_KEY"));
        if (tls is { Key: not null, Certificate: null }) throw CommandFailedException.Usage("--client-key needs --client-cert");
        // What is said on the command line replaces what the environment says about the other kind.
        var (token, username) = (Secret(parsed, _token, _tokenFile), parsed.GetValue(_username));
        if (token is not null && username is not null) throw CommandFailedException.Usage("--token and --username exclude each other");
        if (token is null && username is null) (token, username) = (SecretOf("KAGARI_TOKEN"), context.Variable("KAGARI_USERNAME"));
        var password = token is not null || username is null ? null : Secret(parsed, _password, _passwordFile) ?? SecretOf("KAGARI_PASSWORD");
        return new ServerAddress(address, parsed.GetValue(_tenant) ?? context.Variable("KAGARI_TENANT_ID"), token, username, password, tls);
    }

    private string? Secret(ParseResult parsed, Option<string?> option, Option<string?> file)
    {
        var (text, path) = (parsed.GetValue(option), parsed.GetValue(file));
        if (text is not null && path is not null) throw CommandFailedException.Usage($"{option.Name} and {file.Name} exclude each other");
        return text ?? (path is null ? null : ReadSecret(file.Name, path));
    }

    /// <summary>A variable, or the file that the variable of the same name with _FILE names.</summary>
    private string? SecretOf(string variable) =>
        context.Variable(variable) ?? (context.Variable(variable + "_FILE") is { } path ? ReadSecret(variable + "_FILE", path) : null);

    private string ReadSecret(string name, string path)
    {
        try
        {
            var secret = (path == Standard ? Encoding.UTF8.GetString(context.Screen.ReadInput()) : File.ReadAllText(path)).Trim('\r', '\n');
            return secret.Length > 0 ? secret : throw CommandFailedException.Usage($"{name} '{path}' is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage($"{name} '{path}' cannot be read: {e.Message}");
        }
    }

    private static Option<string?> Of(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
