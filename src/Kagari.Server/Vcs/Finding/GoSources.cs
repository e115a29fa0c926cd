using System.Text.RegularExpressions;

namespace Kagari.Server.Vcs.Finding;

/// <summary>Where Go's paths lead: the standard library, a module, or a file of the repository itself.</summary>
internal static partial class GoSources
{
    private const string ModuleFolder = "/pkg/mod/";

    /// <summary>A file of another repository; null where the path is of this one.</summary>
    /// <param name="path">As Go writes it into a binary.</param>
    /// <param name="goMod">The repository's go.mod; empty where it has none.</param>
    /// <param name="self">The repository.</param>
    public static (RepositoryUrl Repository, string Reference, string Path)? Of(string path, string goMod, RepositoryUrl self)
    {
        if (StandardLibrary().Match(path) is { Success: true } library)
            return (new RepositoryUrl("github.com", "golang/go"), VersionOf(goMod), "src/" + library.Groups["file"].Value);
        var module = path.IndexOf(ModuleFolder, StringComparison.Ordinal) is var at and >= 0 ? path[(at + ModuleFolder.Length)..] : path.TrimStart('/');
        var parts = module.Split('/');
        if (parts.Length < 4 || parts[0] != "github.com") return null;
        // With -trimpath modules have their version at the name, and those of the program itself have none.
        var name = Array.FindIndex(parts, p => p.Contains('@', StringComparison.Ordinal));
        if (name is 0 or 1) return null;   // an owner has no version
        var repository = new RepositoryUrl("github.com", Unescape($"{parts[1]}/{parts[2].Split('@')[0]}"));
        if (repository.Path.Equals(self.Path, StringComparison.OrdinalIgnoreCase) && name < 0) return null;
        var file = name < 0 ? string.Join('/', parts[3..]) : string.Join('/', parts[3..(name + 1)].Select(p => p.Split('@')[0]).Where(p => !MajorVersion().IsMatch(p)).Concat(parts[(name + 1)..]));
        if (name == 2) file = string.Join('/', parts[3..]);
        var version = name >= 0 ? parts[name].Split('@')[1] : Required(goMod, $"github.com/{parts[1]}/{parts[2]}");
        return version.Length == 0 ? null : (repository, Reference(version), file);
    }

    /// <summary>A version as a git ref: the commit of a pseudo-version, else the tag.</summary>
    private static string Reference(string version) =>
        PseudoVersion().Match(version) is { Success: true } pseudo ? pseudo.Groups["commit"].Value : version.Split('+')[0];

    private static string VersionOf(string goMod)
    {
        var found = GoLine().Match(goMod);
        if (!found.Success) return "master";
        var version = found.Groups["version"].Value;
        // Since 1.21 the first release of a line is called 1.21.0.
        var parts = version.Split('.');
        return parts.Length == 2 && int.TryParse(parts[1], out var minor) && minor >= 21 ? $"go{version}.0" : $"go{version}";
    }

    private static string Required(string goMod, string module)
    {
        foreach (var line in goMod.Split('\n'))
        {
            var words = line.Replace("require ", "", StringComparison.Ordinal).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && (words[0] == module || words[0].StartsWith(module + "/v", StringComparison.Ordinal))) return words[1];
        }
        return "";
    }

    /// <summary>In the module cache a capital is written as <c>!</c> and the small letter.</summary>
    private static string Unescape(string path) => Capital().Replace(path, m => m.Value[1..].ToUpperInvariant());

    [GeneratedRegex(@"(^|/)(go/src|golang[^/]*/src|GOROOT/src|go-?\d+(\.\d+)*[^/]*/src|libexec/src)/(?<file>[a-z][a-z0-9_]*(/[^./]+)*/[^/]+\.(go|s))$|^(?<file>(runtime|net|sync|syscall|encoding|internal|io|os|bytes|strings|fmt|time|math|crypto|reflect|sort|bufio|context|regexp|compress|hash|log|strconv|unicode|text|html|mime|path|errors|flag|testing|database|go|image|archive|container|expvar|plugin|unsafe|slices|maps|iter|unique|weak)(/[a-z0-9_]+)*/[^/]+\.(go|s))$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StandardLibrary();

    [GeneratedRegex(@"-(0\.)?\d{14}-(?<commit>[0-9a-f]{12})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PseudoVersion();

    [GeneratedRegex(@"^go (?<version>\d+\.\d+(\.\d+)?)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GoLine();

    [GeneratedRegex("^v[0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex MajorVersion();

    [GeneratedRegex("![a-z]", RegexOptions.None, 1000)]
    private static partial Regex Capital();
}
