using System.Diagnostics;
using System.Globalization;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Client.Tests.Scenarios;

/// <summary>A run of a program of tests/Kagari.Client.Scenarios: what it told, and the profiles it made of itself.</summary>
internal sealed class ScenarioRun
{
    private ScenarioRun(IReadOnlyDictionary<string, string> facts, string errors, IReadOnlyDictionary<string, IReadOnlyList<ScenarioProfile>> uploads) =>
        (Facts, Errors, Uploads) = (facts, errors, uploads);

    /// <summary>What it told.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; }

    /// <summary>Its standard error.</summary>
    public string Errors { get; }

    /// <summary>Profiles by the names of their uploads.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ScenarioProfile>> Uploads { get; }

    /// <summary>What it was warned of, but for costs, which on a busy machine are what they are.</summary>
    public IReadOnlyList<string> Warnings => [.. Facts.GetValueOrDefault("log-Warning", "").Split(" | ", StringSplitOptions.RemoveEmptyEntries).Where(w => !w.Contains("OverheadBudget"))];

    public double Number(string fact) => double.Parse(Facts[fact], CultureInfo.InvariantCulture);

    /// <summary>The profile with this sample type of what the scenario is about; none is an error.</summary>
    public ScenarioProfile Of(string sampleType) => Uploads["work"].Single(p => p.Types.Contains(sampleType));

    /// <summary>Runs a scenario to its end.</summary>
    public static async Task<ScenarioRun> OfAsync(string scenario, string source = "Auto", params (string Name, string Value)[] environment)
    {
        using var folder = new TemporaryDirectory();
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Client.Scenarios", "release", "Kagari.Client.Scenarios");
        var start = new ProcessStartInfo(program, [scenario, folder.Path, source]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"{await output}\n{await errors}");
        var facts = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=', 2)).GroupBy(p => p[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => string.Join(" | ", g.Select(p => p[1])), StringComparer.Ordinal);
        var uploads = Directory.GetDirectories(folder.Path).ToDictionary(
            d => Path.GetFileName(d), d => (IReadOnlyList<ScenarioProfile>)[.. Directory.GetFiles(d).Order(StringComparer.Ordinal).Select(ScenarioProfile.Read)], StringComparer.Ordinal);
        return new ScenarioRun(facts, await errors, uploads);
    }
}
