using System.Buffers;
using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Rendering;
using Kagari.Profiles;

namespace Kagari.Cli.Querying;

/// <summary><c>kagari query</c>: a flame graph in the terminal, a table, or a file.</summary>
internal sealed class QueryCommand(SharedOptions shared, CliContext context)
{
    private const string Flame = "flame", Pprof = "pprof", Collapsed = "collapsed", Json = "json", Dot = "dot", Svg = "svg";

    /// <summary>Functions of a call graph; more are no picture any more.</summary>
    private const int DotNodesDefault = 100;

    private readonly SelectorOptions _selector = new(context.Time);
    private readonly Option<string> _output = new("--output", "-o") { Description = "What to write.", DefaultValueFactory = _ => Flame };
    private readonly Option<string?> _file = new("--file", "-f") { Description = "File to write to. Default: standard output.", HelpName = "FILE" };
    private readonly Option<bool> _table = new("--table") { Description = "Writes the functions as a table." };
    private readonly Option<int> _count = new("--count", "-n") { Description = "Rows of the table; 0: all.", HelpName = "N", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _depth = new("--depth") { Description = "Levels of the flame graph; 0: all.", HelpName = "N" };
    private readonly Option<long?> _maxNodes = new("--max-nodes") { Description = "Nodes that are drawn one by one; the rest is 'other'. Default: the server's.", HelpName = "N" };

    public Command Create()
    {
        _output.AcceptOnlyFromAmong(Flame, Pprof, Collapsed, Json, Dot, Svg);
        var command = new Command("query", "Merges profiles and draws them.");
        _selector.AddTo(command);
        foreach (var option in new Option[] { _output, _file, _table, _count, _depth, _maxNodes }) command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (query, range) = _selector.Read(parsed);
        var isTable = parsed.GetValue(_table);
        var format = parsed.GetValue(shared.Json) && !isTable ? Json : parsed.GetValue(_output)!;
        var file = parsed.GetValue(_file);
        if (format == Pprof && file is null && context.Screen.IsTerminal)
            throw CommandFailedException.Usage("pprof is binary; name a file with -f FILE, or redirect the output");
        if (isTable && format != Flame) throw CommandFailedException.Usage($"--table and -o {format} exclude each other; for a table as JSON write --table --json");

        using var server = new ServerConnection(shared.Address(parsed));
        if (format == Pprof)
        {
            var profile = await StackQueries.PprofAsync(server, query, range, cancellation);
            if (profile.Length == 0) throw await MissingData.ExplainAsync(server, query, range, cancellation);
            WriteBytes(file, Gzip(profile));
            return ExitCode.Ok;
        }
        // A table that misses functions would be wrong, so it is made from the whole profile.
        var tree = isTable ? await StackQueries.ExactTreeAsync(server, query, range, cancellation)
            : await StackQueries.TreeAsync(server, query, range, parsed.GetValue(_maxNodes), cancellation);
        if (tree.Count == 1 && tree.Selfs[0] == 0) throw await MissingData.ExplainAsync(server, query, range, cancellation);
        if (format == Collapsed)
        {
            var text = new ArrayBufferWriter<byte>();
            CollapsedWriter.Write(tree, text);
            WriteText(file, output => output.Write(Encoding.UTF8.GetString(text.WrittenSpan)));
        }
        else if (isTable) WriteText(file, output => WriteTable(parsed, tree, query, output));
        else WriteText(file, output => WriteDrawing(format, parsed, tree, query, output, toFile: file is not null));
        return ExitCode.Ok;
    }

    private void WriteTable(ParseResult parsed, FunctionTree tree, QueryArgument query, TextWriter output)
    {
        var table = FunctionTable.Build(tree);
        var rows = FunctionTableText.Top(table, byTotal: false, parsed.GetValue(_count));
        if (parsed.GetValue(shared.Json)) JsonOutput.Write(output, json => FunctionTableText.WriteJson(json, table, rows, query.Type, query.Unit));
        else FunctionTableText.Write(table, rows, query.Unit, output, context.Screen.IsTerminal ? context.Screen.Width : 0);
    }

    private void WriteDrawing(string format, ParseResult parsed, FunctionTree tree, QueryArgument query, TextWriter output, bool toFile)
    {
        var graph = FlameGraph.Build(tree, maxNodes: 0);
        switch (format)
        {
            case Dot:
                DotWriter.Write(tree, (int)Math.Clamp(parsed.GetValue(_maxNodes) ?? DotNodesDefault, 0, int.MaxValue), query.SampleType, query.Unit, output);
                break;
            case Svg:
                SvgWriter.Write(graph, $"{query.Type} {query.Selector}", query.Unit, output);
                break;
            case Json:
                JsonOutput.Write(output, json => FlamebearerJson.Write(json, graph, RenderMetadata.Of(new ProfileTypeId("", query.SampleType, query.Unit, "", ""))));
                break;
            default:
                output.WriteLine($"{query.Type} {query.Selector}: {ValueText.Format(graph.Total, query.Unit)}");
                FlameGraphText.Write(graph, context.Screen.Width, context.Screen.HasColor && !toFile, parsed.GetValue(_depth), output);
                break;
        }
    }

    private void WriteText(string? file, Action<TextWriter> write)
    {
        if (file is null)
        {
            write(context.Screen.Out);
            return;
        }
        using var output = new StreamWriter(file) { NewLine = "\n" };
        write(output);
    }

    private void WriteBytes(string? file, byte[] bytes)
    {
        using var output = file is null ? context.Screen.OpenBinary() : File.Create(file);
        output.Write(bytes);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal)) gzip.Write(bytes);
        return output.ToArray();
    }
}
