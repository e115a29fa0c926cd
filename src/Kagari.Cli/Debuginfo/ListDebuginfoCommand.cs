using System.CommandLine;
using Google.Protobuf;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Wire.Debuginfo;

namespace Kagari.Cli.Debuginfo;

/// <summary><c>kagari debuginfo list</c>: build id, size, state and name, a line each.</summary>
internal sealed class ListDebuginfoCommand(SharedOptions shared, CliContext context)
{
    public Command Create()
    {
        var command = new Command("list", "Lists what was uploaded.");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = new ServerConnection(shared.Address(parsed));
        var answer = ListDebuginfoResponse.Parser.ParseFrom(await server.CallAsync($"{DebuginfoCommand.Service}/ListDebuginfo", [], isCompressed: false, cancellation));
        if (parsed.GetValue(shared.Json)) context.Screen.Out.WriteLine(JsonFormatter.Default.Format(answer));
        else
        {
            foreach (var one in answer.Object)
                context.Screen.Out.WriteLine($"{one.File.GnuBuildId,-40}  {one.SizeBytes,12}  {(one.State == ObjectMetadata.Types.State.Uploaded ? "uploaded " : "uploading")}  {one.File.Name}");
        }
        return answer.Object.Count > 0 ? ExitCode.Ok : ExitCode.NothingFound;
    }
}
