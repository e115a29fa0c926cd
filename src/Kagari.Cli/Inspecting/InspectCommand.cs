using System.CommandLine;
using Kagari.Cli.Arguments;
using Kagari.Cli.Rendering;
using Kagari.Cli.Uploading;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Cli.Inspecting;

/// <summary><c>kagari inspect</c>: what lies in a storage directory, a log file or a profile. Changes nothing, takes no lock.</summary>
internal sealed class InspectCommand(SharedOptions shared, CliContext context)
{
    private readonly Argument<string> _path = new("PATH") { Description = "Storage directory, one log file or block of it, or a profile (pprof or folded text)." };

    public Command Create()
    {
        var command = new Command("inspect", "Shows what a storage directory holds and checks it. Also while a server runs.") { _path };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(parsed.GetValue(_path)!);
        var isJson = parsed.GetValue(shared.Json);
        if (File.Exists(path) && path.EndsWith(".blk", StringComparison.Ordinal)) return await ShowBlockAsync(path, isJson, cancellation);
        if (File.Exists(path) && !IsLog(path)) return ShowProfiles(ProfileFile.DecodeAll(path, ProfileFile.ReadBytes(path)), isJson);
        var root = Directory.Exists(path) ? path : File.Exists(path) ? Path.GetDirectoryName(Path.GetDirectoryName(path)!)!
            : throw new CommandFailedException($"'{path}' does not exist");
        var store = await StoreView.ReadAsync(root, root == path ? null : SegmentLog.Prefix + Path.GetFileName(path), cancellation);
        if (isJson) JsonOutput.Write(context.Screen.Out, json => StoreText.WriteJson(json, store));
        else StoreText.Write(store, context.Screen.Out);
        var isDamaged = store.DamagedSections > 0 || store.Blocks.Any(b => b.Report.Faults.Count > 0) || store.Reports.Any(r => r.Kind == StorageReportKind.Damage);
        return isDamaged ? ExitCode.Failure : store.Logs.Count + store.Blocks.Count == 0 ? ExitCode.NothingFound : ExitCode.Ok;
    }

    private async Task<int> ShowBlockAsync(string path, bool isJson, CancellationToken cancellation)
    {
        var key = Path.GetFileName(path);
        var report = await BlockInspection.CheckAsync(new ReadOnlyStore(Path.GetDirectoryName(path)!, key), key, cancellation);
        if (isJson) JsonOutput.Write(context.Screen.Out, json => BlockText.WriteJson(json, key, report));
        else BlockText.Write(key, report, context.Screen.Out);
        return report.Faults.Count > 0 ? ExitCode.Failure : ExitCode.Ok;
    }

    /// <summary>A line, or an object, for each.</summary>
    private int ShowProfiles(IReadOnlyList<ProfileFile> files, bool isJson)
    {
        foreach (var lack in files[0].Diagnostics) context.Screen.Error.WriteLine($"kagari: {lack}");
        foreach (var file in files)
        {
            var types = Enumerable.Range(0, file.Profile.SampleTypes.Count).Select(i => file.TypeOf(i).Type).ToList();
            var summary = UploadSummary.Of(file, !file.IsPprof ? "folded" : file.Family.Length > 0 ? file.Family : ProfileFamily.Of(types));
            if (isJson) JsonOutput.Write(context.Screen.Out, summary.Write);
            else context.Screen.Out.WriteLine(summary);
        }
        return ExitCode.Ok;
    }

    private static bool IsLog(string path) =>
        path.EndsWith(".log", StringComparison.Ordinal) && Path.GetFileName(Path.GetDirectoryName(path)) == SegmentLog.Prefix.TrimEnd('/');
}
