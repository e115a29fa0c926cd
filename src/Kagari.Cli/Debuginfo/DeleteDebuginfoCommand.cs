using System.CommandLine;
using Google.Protobuf;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Wire.Debuginfo;

namespace Kagari.Cli.Debuginfo;

/// <summary><c>kagari debuginfo delete</c>: profiles show addresses again.</summary>
internal sealed class DeleteDebuginfoCommand(SharedOptions shared, CliContext context)
{
    private readonly Argument<string[]> _ids = new("BUILDID") { Description = "Build ids, as 'kagari debuginfo list' shows them.", Arity = ArgumentArity.OneOrMore };

    public Command Create()
    {
        var command = new Command("delete", "Deletes debug information.") { _ids };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = new ServerConnection(shared.Address(parsed));
        foreach (var id in parsed.GetValue(_ids)!)
        {
            await server.CallAsync($"{DebuginfoCommand.Service}/DeleteDebuginfo", new DeleteDebuginfoRequest { GnuBuildId = id }.ToByteArray(), isCompressed: false, cancellation);
            context.Screen.Out.WriteLine($"{id}: deleted");
        }
        return ExitCode.Ok;
    }
}
