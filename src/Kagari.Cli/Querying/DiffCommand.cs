using System.CommandLine;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Rendering;
using Kagari.Cli.Uploading;
using Kagari.Profiles;

namespace Kagari.Cli.Querying;

/// <summary><c>kagari diff</c>: which functions changed their share between two profiles.</summary>
internal sealed class DiffCommand(SharedOptions shared, CliContext context)
{
    private readonly Argument<string> _left = new("LEFT") { Description = $"Before: a file (pprof or folded text), or a selector: {QueryArgument.Forms}." };
    private readonly Argument<string> _right = new("RIGHT") { Description = "After: the same." };
    private readonly Option<string?> _type = new("--type") { Description = $"Profile type of both. Default: {QueryArgument.TypeDefault}; of files the sample type that they prefer.", HelpName = "TYPE" };
    private readonly RangeOptions _range = new(context.Time);
    private readonly Option<string?> _leftFrom = Side("--left-from", "Start of the left side. Default: --from.");
    private readonly Option<string?> _leftUntil = Side("--left-until", "End of the left side. Default: --until.");
    private readonly Option<string?> _rightFrom = Side("--right-from", "Start of the right side. Default: --from.");
    private readonly Option<string?> _rightUntil = Side("--right-until", "End of the right side. Default: --until.");
    private readonly Option<string> _sort = new("--sort") { Description = "Which share is compared: of the function itself, or with all that it calls.", DefaultValueFactory = _ => "self" };
    private readonly Option<int> _count = new("--count", "-n") { Description = "Rows; 0: all.", HelpName = "N", DefaultValueFactory = _ => 30 };

    public Command Create()
    {
        _sort.AcceptOnlyFromAmong("self", "total");
        var command = new Command("diff", "Lists what changed between two profiles, largest change of share first.") { _left, _right, _type };
        _range.AddTo(command);
        foreach (var option in new Option[] { _leftFrom, _leftUntil, _rightFrom, _rightUntil, _sort, _count }) command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = new ServerConnection(shared.Address(parsed));
        var left = await ReadAsync(server, parsed, _left, _leftFrom, _leftUntil, cancellation);
        var right = await ReadAsync(server, parsed, _right, _rightFrom, _rightUntil, cancellation);
        if (left.Unit != right.Unit) throw CommandFailedException.Usage($"'{left.Name}' counts {left.Unit}, '{right.Name}' {right.Unit}: name one --type");
        var diff = FunctionTableDiff.Build(left.Tree, right.Tree);
        var byTotal = parsed.GetValue(_sort) == "total";
        var rows = DiffText.Top(diff, byTotal, parsed.GetValue(_count));
        if (parsed.GetValue(shared.Json)) JsonOutput.Write(context.Screen.Out, json => DiffText.WriteJson(json, diff, rows, left, right));
        else DiffText.Write(diff, rows, byTotal, left, right, context.Screen.Out, context.Screen.IsTerminal ? context.Screen.Width : 0);
        return ExitCode.Ok;
    }

    private async Task<DiffSide> ReadAsync(
        ServerConnection server, ParseResult parsed, Argument<string> side, Option<string?> from, Option<string?> until, CancellationToken cancellation)
    {
        var text = parsed.GetValue(side)!;
        if (File.Exists(text))
        {
            var file = ProfileFile.Read(text);
            var column = file.ColumnOf(parsed.GetValue(_type)?.Split(':') is { Length: >= 5 } parts ? parts[1] : parsed.GetValue(_type));
            return new DiffSide(text, ProfileFunctions.TreeOf(file.Profile, column), file.TypeOf(column).Unit);
        }
        var query = QueryArgument.Parse(text, parsed.GetValue(_type));
        var range = _range.Read(parsed, parsed.GetValue(from), parsed.GetValue(until));
        var tree = await StackQueries.ExactTreeAsync(server, query, range, cancellation);
        if (tree.Count == 1 && tree.Selfs[0] == 0) throw await MissingData.ExplainAsync(server, query, range, cancellation);
        return new DiffSide(text, tree, query.Unit);
    }

    private static Option<string?> Side(string name, string description) => new(name) { Description = description, HelpName = "TIME" };
}
