using System.CommandLine;
using System.Globalization;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Querying;

namespace Kagari.Cli.Exporting;

/// <summary><c>kagari export</c>: all samples of a selection, for databases and notebooks.</summary>
internal sealed class ExportCommand(SharedOptions shared, CliContext context)
{
    private const string Parquet = "parquet";

    private readonly SelectorOptions _selector = new(context.Time);
    private readonly Option<string> _format = new("--format") { Description = "What to write.", DefaultValueFactory = _ => "ndjson" };
    private readonly Option<bool> _allTypes = new("--all-types") { Description = "Every profile type; the column \"type\" tells them apart." };
    private readonly Option<string?> _file = new("--file", "-f") { Description = "File to write to. Default: standard output.", HelpName = "FILE" };

    public Command Create()
    {
        _format.AcceptOnlyFromAmong("ndjson", "csv", Parquet);
        var command = new Command("export", "Writes every sample as a line, or as a row of a Parquet file.") { _format, _file, _allTypes };
        _selector.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (query, range) = _selector.Read(parsed);
        var (format, file, allTypes) = (parsed.GetValue(_format), parsed.GetValue(_file), parsed.GetValue(_allTypes));
        if (allTypes && _selector.NamesType(parsed)) throw CommandFailedException.Usage("--all-types, and a profile type is named; leave out one of them");
        if (format == Parquet && file is null && context.Screen.IsTerminal)
            throw CommandFailedException.Usage("parquet is binary; name a file with -f FILE, or redirect the output");
        using var server = new ServerConnection(shared.Address(parsed));
        await using var output = file is null ? context.Screen.OpenBinary() : File.Create(file);
        await server.CopyAsync(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/export?query={Uri.EscapeDataString(allTypes ? query.Selector : query.Type + query.Selector)}&from={range.Start}&until={range.End}&format={format}"),
            output, cancellation);
        return ExitCode.Ok;
    }
}
