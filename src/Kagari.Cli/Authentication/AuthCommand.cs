using System.CommandLine;

namespace Kagari.Cli.Authentication;

/// <summary><c>kagari auth</c>: makes entries for the file of credentials of a server.</summary>
internal sealed class AuthCommand(CliContext context)
{
    public Command Create() => new("auth", "Makes entries for the server's file of credentials (auth.file).")
    {
        new HashCommand(context).Create(),
        new TokenCommand(context).Create(),
    };
}
