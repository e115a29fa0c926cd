using System.CommandLine;
using Google.Protobuf.Collections;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Rendering;
using Kagari.Wire.Types;

namespace Kagari.Cli.Querying;

/// <summary><c>kagari labels</c>: names of labels, or the values of one.</summary>
internal sealed class LabelsCommand(SharedOptions shared, CliContext context)
{
    private readonly Argument<string?> _name = new("NAME") { Description = "Label whose values are listed; without it, the names of all labels.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _selector = new("--selector") { Description = "Only labels of these series, as '{service_name=\"shop\"}'.", HelpName = "SELECTOR" };
    private readonly RangeOptions _range = new(context.Time);

    public Command Create()
    {
        var command = new Command("labels", "Lists names of labels, or values of one.") { _name, _selector };
        _range.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var range = _range.Read(parsed);
        var matchers = parsed.GetValue(_selector) is { } selector ? [selector] : Array.Empty<string>();
        using var server = new ServerConnection(shared.Address(parsed));
        RepeatedField<string> found;
        if (parsed.GetValue(_name) is { } name)
        {
            var values = new LabelValuesRequest { Name = name, Start = range.Start, End = range.End, Matchers = { matchers } };
            found = (await server.QueryAsync("LabelValues", values, LabelValuesResponse.Parser, cancellation)).Names;
        }
        else
        {
            var names = new LabelNamesRequest { Start = range.Start, End = range.End, Matchers = { matchers } };
            found = (await server.QueryAsync("LabelNames", names, LabelNamesResponse.Parser, cancellation)).Names;
        }
        if (parsed.GetValue(shared.Json)) JsonOutput.WriteTexts(context.Screen.Out, found);
        else foreach (var text in found) context.Screen.Out.WriteLine(TerminalText.Clean(text));
        return found.Count > 0 ? ExitCode.Ok : ExitCode.NothingFound;
    }
}
