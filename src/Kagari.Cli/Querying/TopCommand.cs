using System.CommandLine;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Rendering;
using Kagari.Profiles;

namespace Kagari.Cli.Querying;

/// <summary><c>kagari top</c>: the heaviest functions, exact.</summary>
internal sealed class TopCommand(SharedOptions shared, CliContext context)
{
    private readonly SelectorOptions _selector = new(context.Time);
    private readonly Option<string> _sort = new("--sort") { Description = "Order: value of the function itself, or with all that it calls.", DefaultValueFactory = _ => "self" };
    private readonly Option<int> _count = new("--count", "-n") { Description = "Rows; 0: all.", HelpName = "N", DefaultValueFactory = _ => 30 };

    public Command Create()
    {
        _sort.AcceptOnlyFromAmong("self", "total");
        var command = new Command("top", "Lists the heaviest functions. Exact: nothing is left out or estimated.");
        _selector.AddTo(command);
        command.Options.Add(_sort);
        command.Options.Add(_count);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (query, range) = _selector.Read(parsed);
        using var server = new ServerConnection(shared.Address(parsed));
        var tree = await StackQueries.ExactTreeAsync(server, query, range, cancellation);
        var table = FunctionTable.Build(tree);
        if (table.Total == 0) throw await MissingData.ExplainAsync(server, query, range, cancellation);
        var rows = FunctionTableText.Top(table, parsed.GetValue(_sort) == "total", parsed.GetValue(_count));
        var output = context.Screen.Out;
        if (parsed.GetValue(shared.Json))
        {
            JsonOutput.Write(output, json => FunctionTableText.WriteJson(json, table, rows, query.Type, query.Unit));
            return ExitCode.Ok;
        }
        output.WriteLine($"{query.Type} {query.Selector}: {ValueText.Format(table.Total, query.Unit)}, {table.Rows.Length} functions");
        FunctionTableText.Write(table, rows, query.Unit, output, context.Screen.IsTerminal ? context.Screen.Width : 0);
        return ExitCode.Ok;
    }
}
