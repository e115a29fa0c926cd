using System.Buffers;
using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Kagari.Cli.Querying;
using Kagari.Cli.Rendering;
using Kagari.Cli.Uploading;
using Kagari.Profiles;

namespace Kagari.Cli.Converting;

/// <summary><c>kagari convert</c>: makes one form of a profile from another, without a server.</summary>
internal sealed class ConvertCommand(CliContext context)
{
    /// <summary>Standard input or output.</summary>
    private const string Standard = "-";

    /// <summary>Functions of a call graph; more are no picture any more.</summary>
    private const int DotNodes = 100;

    private readonly Argument<string> _input = new("IN") { Description = "pprof, JFR, .nettrace, folded text, speedscope, .cpuprofile, .heapprofile, flamebearer JSON, or what 'perf script' prints; zipped or not. -: standard input." };
    private readonly Argument<string> _output = new("OUT") { Description = $"File to write; its name says the form: {OutputFormats.Known}. -: standard output." };
    private readonly Option<string?> _format = new("--to") { Description = "Form to write, whatever the name of the file." };
    private readonly Option<string?> _profile = new("--profile") { Description = "Which profile, where IN has several.", HelpName = "NAME" };
    private readonly Option<string?> _type = new("--type") { Description = "Sample type that pictures and text show. Default: the one that the profile prefers, else its last.", HelpName = "TYPE" };

    public Command Create()
    {
        _format.AcceptOnlyFromAmong([.. Enum.GetNames<OutputFormat>().Select(n => n.ToLowerInvariant())]);
        var command = new Command("convert", "Makes one form of a profile from another, without a server.") { _input, _output, _format, _profile, _type };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var (input, output) = (parsed.GetValue(_input)!, parsed.GetValue(_output)!);
        var format = parsed.GetValue(_format) is { } named ? Enum.Parse<OutputFormat>(named, ignoreCase: true) : OutputFormats.Of(output);
        if (format is null) throw CommandFailedException.Usage($"'{output}' does not say what to write; end it in one of {OutputFormats.Known}, or name the form with --to");
        if (format == OutputFormat.Pprof && output == Standard && context.Screen.IsTerminal)
            throw CommandFailedException.Usage("pprof is binary; name a file, or redirect the output");
        var profile = Choose(input, Read(input), parsed.GetValue(_profile));
        var bytes = format == OutputFormat.Pprof ? Pprof(profile, isZipped: !output.EndsWith(".pb", StringComparison.OrdinalIgnoreCase)) : Draw(profile, format.Value, input, parsed.GetValue(_type));
        using var stream = output == Standard ? context.Screen.OpenBinary() : File.Create(output);
        stream.Write(bytes);
        return ExitCode.Ok;
    }

    private IReadOnlyList<ImportedProfile> Read(string path)
    {
        var bytes = path == Standard ? context.Screen.ReadInput() : ProfileFile.ReadBytes(path);
        if (ProfileImport.TryRead(bytes, ProfileFile.NoLimits, out var format, out var profiles, out var error))
        {
            foreach (var lack in profiles[0].Diagnostics) context.Screen.Error.WriteLine($"kagari: {path}: {lack}");
            return profiles;
        }
        throw new CommandFailedException(format == ImportFormat.Pprof ? $"'{path}' is of no known form: {error.Message}" : $"'{path}' cannot be read: {error.Message}");
    }

    private static FlatProfile Choose(string path, IReadOnlyList<ImportedProfile> profiles, string? name)
    {
        if (name is null && profiles.Count == 1) return profiles[0].Profile;
        var names = string.Join(", ", profiles.Select(p => $"'{p.Name}'"));
        if (name is null) throw CommandFailedException.Usage($"'{path}' has {profiles.Count} profiles; choose one with --profile: {names}");
        return profiles.FirstOrDefault(p => p.Name == name)?.Profile ?? throw CommandFailedException.Usage($"'{path}' has no profile '{name}'; it has {names}");
    }

    private static byte[] Pprof(FlatProfile profile, bool isZipped)
    {
        var bytes = new ArrayBufferWriter<byte>();
        if (isZipped) PprofWriter.WriteGzip(profile, bytes, CompressionLevel.Optimal);
        else PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] Draw(FlatProfile profile, OutputFormat format, string title, string? sampleType)
    {
        var types = profile.SampleTypes.Span.ToArray().Select(t => (Type: profile.GetString(t.Type), Unit: profile.GetString(t.Unit))).ToList();
        var column = sampleType is not null ? types.FindIndex(t => t.Type == sampleType)
            : profile.DefaultSampleType != 0 && types.FindIndex(t => t.Type == profile.GetString(profile.DefaultSampleType)) is >= 0 and var preferred ? preferred
            : types.Count - 1;
        if (column < 0) throw CommandFailedException.Usage($"there is no sample type '{sampleType}'; there are {string.Join(", ", types.Select(t => t.Type))}");
        var (type, unit) = types[column];
        var tree = ProfileFunctions.TreeOf(profile, column);
        if (format == OutputFormat.Collapsed)
        {
            var folded = new ArrayBufferWriter<byte>();
            CollapsedWriter.Write(tree, folded);
            return folded.WrittenSpan.ToArray();
        }
        using var text = new StringWriter { NewLine = "\n" };
        switch (format)
        {
            case OutputFormat.Svg:
                SvgWriter.Write(FlameGraph.Build(tree, maxNodes: 0), $"{Path.GetFileName(title)}: {type}", unit, text);
                break;
            case OutputFormat.Dot:
                DotWriter.Write(tree, DotNodes, type, unit, text);
                break;
            default:
                JsonOutput.Write(text, json => FlamebearerJson.Write(json, FlameGraph.Build(tree, maxNodes: 0), RenderMetadata.Of(new ProfileTypeId("", type, unit, "", ""))));
                break;
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
