using System.CommandLine;
using Kagari.Server.Authentication.Credentials;

namespace Kagari.Cli.Authentication;

/// <summary><c>kagari auth token</c>: a new token, and the entry for the file of credentials, which cannot be turned back into it.</summary>
internal sealed class TokenCommand(CliContext context)
{
    private readonly Option<string> _name = new("--name") { Description = "Name of the entry: what logs call the holder.", HelpName = "NAME", Required = true };
    private readonly Option<string[]> _scopes = new Option<string[]>("--scope") { Description = "What it may do; repeatable.", HelpName = "SCOPE", Required = true }.AcceptOnlyFromAmong("read", "write", "admin");
    private readonly Option<string[]> _tenants = new("--for-tenant") { Description = "With whose data; repeatable. Default: *, all tenants.", HelpName = "ID", DefaultValueFactory = _ => ["*"] };

    public Command Create()
    {
        var command = new Command("token", "Makes a random token and prints it on standard error, and its entry for auth.file on standard output.") { _name, _scopes, _tenants };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var token = AccessToken.Create();
        var (name, scopes, tenants) = (parsed.GetValue(_name)!, parsed.GetValue(_scopes)!, parsed.GetValue(_tenants)!);
        // Apart, so that `>> auth.yaml` appends the entry and only the person sees the token.
        context.Screen.Error.WriteLine(token);
        context.Screen.Out.WriteLine($"  - name: {Quote(name)}");
        context.Screen.Out.WriteLine($"    sha256: {AccessToken.Hash(token)}");
        context.Screen.Out.WriteLine($"    scopes: [{string.Join(", ", scopes)}]");
        context.Screen.Out.WriteLine($"    tenants: [{string.Join(", ", tenants.Select(Quote))}]");
        return ExitCode.Ok;
    }

    /// <summary>In double quotes, as JSON has them: YAML reads every such text as it is.</summary>
    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
