using System.CommandLine;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Rendering;
using Kagari.Profiles;
using Kagari.Wire.Querier;

namespace Kagari.Cli.Querying;

/// <summary><c>kagari series</c>: the label sets that there are.</summary>
internal sealed class SeriesCommand(SharedOptions shared, CliContext context)
{
    private readonly Argument<string?> _selector = new("SELECTOR") { Description = "Only these series, as '{service_name=\"shop\"}'.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _labels = new("--label") { Description = "Shows this label only; may be repeated.", HelpName = "NAME" };
    private readonly RangeOptions _range = new(context.Time);

    public Command Create()
    {
        var command = new Command("series", "Lists the label sets that there are.") { _selector, _labels };
        _range.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var range = _range.Read(parsed);
        var request = new SeriesRequest { Start = range.Start, End = range.End, LabelNames = { parsed.GetValue(_labels) ?? [] } };
        if (parsed.GetValue(_selector) is { } selector) request.Matchers.Add(selector);
        using var server = new ServerConnection(shared.Address(parsed));
        var response = await server.QueryAsync("Series", request, SeriesResponse.Parser, cancellation);
        var sets = response.LabelsSet.Select(s => LabelSet.Of(s.Labels_.Select(l => new Label(l.Name, l.Value)))).ToList();
        if (parsed.GetValue(shared.Json))
        {
            JsonOutput.Write(context.Screen.Out, json =>
            {
                json.WriteStartArray();
                foreach (var set in sets)
                {
                    json.WriteStartObject();
                    foreach (var label in set) json.WriteString(label.Name, label.Value);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
        }
        else foreach (var set in sets) context.Screen.Out.WriteLine(TerminalText.Clean(set.ToString()));
        return sets.Count > 0 ? ExitCode.Ok : ExitCode.NothingFound;
    }
}
