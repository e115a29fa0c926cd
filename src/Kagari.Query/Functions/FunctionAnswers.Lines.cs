using Kagari.Profiles;

namespace Kagari.Query;

// Lines of a function, and where their source may be.
public sealed partial class FunctionAnswers
{
    /// <summary>Self and total of a function by file and line.</summary>
    /// <param name="selection">What to sum.</param>
    /// <param name="function">The whole name.</param>
    /// <param name="filter">Which stacks count.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<FunctionLines> LinesAsync(Selection selection, string function, StackFilter filter, CancellationToken cancellation) =>
        selection.Profile is { } profile ? FunctionLines.Of(profile.Profile, profile.Column, function)
        : selection.IsEmpty ? FunctionLines.None : await engine.SumLinesAsync(selection.Query, function, filter, cancellation);

    /// <summary>The repositories that the series of a selection name by their labels, each once, sorted.</summary>
    public async Task<IReadOnlyList<SourceRepository>> RepositoriesAsync(Selection selection, CancellationToken cancellation)
    {
        if (selection.IsEmpty || selection.Profile is not null) return [];
        var series = await engine.SeriesAsync(selection.Query, cancellation);
        return
        [
            .. series.Select(s => new SourceRepository(s[LabelNames.ServiceRepository], s[LabelNames.ServiceGitRef], s[LabelNames.ServiceRootPath]))
                .Where(r => r.Repository.Length + r.GitRef.Length + r.RootPath.Length > 0).Distinct()
                .OrderBy(r => r.Repository, StringComparer.Ordinal).ThenBy(r => r.GitRef, StringComparer.Ordinal).ThenBy(r => r.RootPath, StringComparer.Ordinal),
        ];
    }
}

/// <summary>Where the source of a service is, as its labels say; empty where they do not.</summary>
/// <param name="Repository"><c>service_repository</c>.</param>
/// <param name="GitRef"><c>service_git_ref</c>: a commit, branch or tag.</param>
/// <param name="RootPath"><c>service_root_path</c>: the folder of the service in the repository.</param>
public sealed record SourceRepository(string Repository, string GitRef, string RootPath);
