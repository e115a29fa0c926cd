using System.CommandLine;
using System.Text;
using Kagari.Server.Authentication.Credentials;

namespace Kagari.Cli.Authentication;

/// <summary><c>kagari auth hash</c>: the hash of a password, which comes from standard input: arguments are seen by everyone on the machine.</summary>
internal sealed class HashCommand(CliContext context)
{
    public Command Create()
    {
        var command = new Command("hash", "Reads a password from standard input and prints its hash, for users of auth.file.");
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var password = Encoding.UTF8.GetString(context.Screen.ReadInput()).TrimEnd('\r', '\n');
        if (password.Length == 0) throw CommandFailedException.Usage("there is no password on standard input");
        if (password.Any(char.IsControl)) throw CommandFailedException.Usage("the password holds control characters, which basic authentication cannot send");
        context.Screen.Out.WriteLine(PasswordHash.Create(password).ToString());
        return ExitCode.Ok;
    }
}
