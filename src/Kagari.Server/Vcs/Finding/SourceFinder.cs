using System.Text;
using Kagari.Server.Rpc;
using Kagari.Server.Vcs.Hosts;

namespace Kagari.Server.Vcs.Finding;

/// <summary>Finds the file behind a path of a profile.</summary>
/// <remarks>
/// In this order: what <c>.pyroscope.yaml</c> of the repository says; the standard library or a module, by the language; the
/// path in the repository, below the root of the program, with fewer and fewer folders of the machine that built it in front.
/// </remarks>
internal sealed class SourceFinder(ISourceHost host, RepositoryUrl repository, string reference, string rootPath)
{
    /// <summary>Each attempt is a request to a host that counts them.</summary>
    private const int AttemptsMax = 8;

    public async Task<SourceFile> FindAsync(string localPath, string function, CancellationToken cancellation)
    {
        var path = localPath.Replace('\\', '/');
        if (await ByMappingsAsync(path, function, cancellation) is { } mapped) return mapped;
        if (await ByLanguageAsync(path, cancellation) is { } elsewhere) return elsewhere;
        foreach (var candidate in Candidates(path))
            if (await host.FindFileAsync(repository, reference, candidate, cancellation) is { } file) return file;
        throw new RpcException(RpcCode.NotFound, $"'{localPath}' is not in {repository.Host}/{repository.Path} at {reference}; mappings in its {SourceMapping.FileName} can say where it is");
    }

    private async Task<SourceFile?> ByMappingsAsync(string path, string function, CancellationToken cancellation)
    {
        if (await host.FindFileAsync(repository, reference, InRoot(SourceMapping.FileName), cancellation) is not { } file) return null;
        var mapping = SourceMapping.Read(Encoding.UTF8.GetString(file.Content)).Where(m => m.Match(path, function) >= 0).MaxBy(m => m.Match(path, function));
        if (mapping is null) return null;
        return mapping.LocalPath is not null
            ? await host.FindFileAsync(repository, reference, InRoot(mapping.PathOf(path)), cancellation)
            : await host.FindFileAsync(repository with { Path = mapping.Repository }, mapping.Reference, mapping.PathOf(path), cancellation);
    }

    private async Task<SourceFile?> ByLanguageAsync(string path, CancellationToken cancellation)
    {
        // Both lead to GitHub, which other hosts cannot read.
        if (host is not GithubHost) return null;
        var found = path.EndsWith(".py", StringComparison.Ordinal) ? PythonSources.Of(path)
            : path.EndsWith(".go", StringComparison.Ordinal) || path.EndsWith(".s", StringComparison.Ordinal) ? GoSources.Of(path, await GoModAsync(cancellation), repository)
            : null;
        return found is { } source ? await host.FindFileAsync(source.Repository, source.Reference, source.Path, cancellation) : null;
    }

    private async Task<string> GoModAsync(CancellationToken cancellation) =>
        await host.FindFileAsync(repository, reference, InRoot("go.mod"), cancellation) is { } file ? Encoding.UTF8.GetString(file.Content) : "";

    private IEnumerable<string> Candidates(string path)
    {
        var own = $"{repository.Host}/{repository.Path}/";
        var at = path.IndexOf(own, StringComparison.OrdinalIgnoreCase);
        // Go's -trimpath writes the repository itself in front.
        var parts = (at >= 0 ? path[(at + own.Length)..] : path).Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p is not ("." or "..")).ToArray();
        return Enumerable.Range(0, parts.Length).Select(skip => InRoot(string.Join('/', parts[skip..]))).Take(AttemptsMax);
    }

    private string InRoot(string path) => rootPath.Trim('/') is { Length: > 0 } root ? $"{root}/{path}" : path;
}
