using System.CommandLine;
using System.Globalization;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Querying;

namespace Kagari.Cli.Exporting;

/// <summary><c>kagari export</c>: all samples of a selection as lines, for databases and notebooks.</summary>
internal sealed class ExportCommand(SharedOptions shared, CliContext context)
{
    private readonly SelectorOptions _selector = new(context.Time);
    private readonly Option<string> _format = new("--format") { Description = "What to write.", DefaultValueFactory = _ => "ndjson" };
    private readonly Option<string?> _file = new("--file", "-f") { Description = "File to write to. Default: standard output.", HelpName = "FILE" };

    public Command Create()
    {
        _format.AcceptOnlyFromAmong("ndjson", "csv");
        var command = new Command("export", "Writes every sample as a line.") { _format, _file };
        _selector.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (query, range) = _selector.Read(parsed);
        using var server = new ServerConnection(shared.Address(parsed));
        var file = parsed.GetValue(_file);
        await using var output = file is null ? context.Screen.OpenBinary() : File.Create(file);
        await server.CopyAsync(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/export?query={Uri.EscapeDataString(query.Type + query.Selector)}&from={range.Start}&until={range.End}&format={parsed.GetValue(_format)}"),
            output, cancellation);
        return ExitCode.Ok;
    }
}
