using System.Text.RegularExpressions;

namespace Kagari.Server.Vcs.Finding;

/// <summary>Where Python's paths lead: the standard library, or a file of the repository itself.</summary>
internal static partial class PythonSources
{
    /// <summary>A file of the standard library; null for others. Packages that were installed are in no repository that the path names.</summary>
    public static (RepositoryUrl Repository, string Reference, string Path)? Of(string path)
    {
        var library = StandardLibrary().Match(path);
        if (!library.Success || path.Contains("/site-packages/", StringComparison.Ordinal) || path.Contains("/dist-packages/", StringComparison.Ordinal)) return null;
        return (new RepositoryUrl("github.com", "python/cpython"), library.Groups["version"].Value, "Lib/" + library.Groups["file"].Value);
    }

    [GeneratedRegex(@"(^|/)lib/python(?<version>3\.\d+)/(?<file>.+\.py)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StandardLibrary();
}
