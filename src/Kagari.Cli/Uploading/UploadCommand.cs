using System.CommandLine;
using Google.Protobuf;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Rendering;
using Kagari.Profiles;
using Spectre.Console;

namespace Kagari.Cli.Uploading;

/// <summary><c>kagari upload</c>: sends profiles from files.</summary>
internal sealed class UploadCommand(SharedOptions shared, CliContext context)
{
    private const string Standard = "-";

    private readonly Argument<string[]> _files = new("FILE") { Description = "pprof, JFR, .nettrace, folded text, speedscope, .cpuprofile, .heapprofile, flamebearer JSON, or what 'perf script' prints; zipped or not; - is standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _service = new("--service") { Description = "Service that the profiles are of.", HelpName = "NAME", Required = true };
    private readonly Option<string[]> _labels = new("--label") { Description = "Further label; may be repeated.", HelpName = "NAME=VALUE" };
    private readonly Option<string> _time = new("--time") { Description = $"Time that the profiles get: now, keep (their own), or a time.", HelpName = "TIME", DefaultValueFactory = _ => "now" };
    private readonly Option<string> _textType = new("--text-type") { Description = "What values of folded text are: cpu, wall, alloc_space, inuse_space, alloc_objects, mutex_duration …", HelpName = "TYPE", DefaultValueFactory = _ => "cpu" };
    private readonly Option<int> _sampleRate = new("--sample-rate") { Description = "Samples a second of folded text and of JFR.", HelpName = "HZ", DefaultValueFactory = _ => 100 };

    public Command Create()
    {
        var command = new Command("upload", "Sends profiles from files to a server.") { _files, _service, _labels, _time, _textType, _sampleRate };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var request = ReadRequest(parsed);
        var files = parsed.GetValue(_files)!;
        var summaries = new List<UploadSummary>();
        var failures = new List<string>();
        using var server = new ServerConnection(shared.Address(parsed));
        var isJson = parsed.GetValue(shared.Json);
        var showsBar = context.Screen.IsInteractive && !isJson && files.Length > 1;

        async Task SendAllAsync(Action advance)
        {
            foreach (var path in files)
            {
                try
                {
                    var sent = await SendAsync(server, request, path, cancellation);
                    summaries.AddRange(sent);
                    if (!showsBar && !isJson) foreach (var summary in sent) context.Screen.Out.WriteLine(summary);
                }
                // One bad file keeps no other from being sent. What the command line says is wrong for all.
                catch (Exception e) when (e is ServerException or CommandFailedException { ExitCode: not ExitCode.Usage })
                {
                    failures.Add(e is ServerException ? $"{path}: {e.Message}" : e.Message);
                    if (!showsBar) context.Screen.Error.WriteLine($"kagari: {failures[^1]}");
                }
                advance();
            }
        }

        if (showsBar)
        {
            await WithBarAsync(files.Length, SendAllAsync);
            foreach (var summary in summaries) context.Screen.Out.WriteLine(summary);
            foreach (var failure in failures) context.Screen.Error.WriteLine($"kagari: {failure}");
        }
        else await SendAllAsync(() => { });
        if (isJson) WriteJson(summaries, failures);
        return failures.Count == 0 ? ExitCode.Ok : ExitCode.Failure;
    }

    private UploadRequest ReadRequest(ParseResult parsed)
    {
        var now = TimeArgument.ParseNanos("--time", "now", context.Time);
        var time = parsed.GetValue(_time)!;
        if (parsed.GetValue(_sampleRate) <= 0) throw CommandFailedException.Usage("--sample-rate must be above 0");
        return new UploadRequest(
            parsed.GetValue(_service)!, LabelArgument.Parse(parsed.GetValue(_labels) ?? []),
            time == "keep" ? null : TimeArgument.ParseNanos("--time", time, context.Time), now,
            parsed.GetValue(_textType)!, parsed.GetValue(_sampleRate));
    }

    private async Task<IReadOnlyList<UploadSummary>> SendAsync(ServerConnection server, UploadRequest request, string path, CancellationToken cancellation)
    {
        var bytes = path == Standard ? context.Screen.ReadInput() : ProfileFile.ReadBytes(path);
        if (JfrFile.IsJfr(bytes))
        {
            var recording = JfrFile.Decode(path, bytes, request.SampleRate);
            await server.PostFormAsync(request.IngestPath(recording), "jfr", bytes, cancellation);
            return [.. recording.Profiles.Select(p => UploadSummary.Of(p.File, p.Family))];
        }
        var summaries = new List<UploadSummary>();
        var decoded = ProfileFile.DecodeAll(path, bytes);
        foreach (var lack in decoded[0].Diagnostics) context.Screen.Error.WriteLine($"kagari: {path}: {lack}");
        foreach (var file in decoded) summaries.Add(await SendAsync(server, request, file, cancellation));
        return summaries;
    }

    private static async Task<UploadSummary> SendAsync(ServerConnection server, UploadRequest request, ProfileFile file, CancellationToken cancellation)
    {
        if (!file.IsPprof)
        {
            await server.PostAsync(request.IngestPath(), file.Bytes, "text/plain", cancellation);
            return UploadSummary.Of(file, request.TextType);
        }
        await server.CallAsync("push.v1.PusherService/Push", request.PushOf(file).ToByteArray(), Gunzip.IsGzip(file.Bytes), cancellation);
        return UploadSummary.Of(file, request.LabelsOf(file).First(l => l.Name == LabelNames.Name).Value);
    }

    private Task WithBarAsync(int files, Func<Action, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Screen.Error) });
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("upload", maxValue: files);
                await work(() => bar.Increment(1));
            });
    }

    private void WriteJson(List<UploadSummary> summaries, List<string> failures) => JsonOutput.Write(context.Screen.Out, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("uploaded");
        foreach (var summary in summaries) summary.Write(json);
        json.WriteEndArray();
        json.WriteStartArray("failed");
        foreach (var failure in failures) json.WriteStringValue(failure);
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
