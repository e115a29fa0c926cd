using Kagari.Wire.Vcs;

namespace Kagari.Server.Vcs.Hosts;

/// <summary>GitLab's REST API (docs.gitlab.com/api: repository files, commits), with the token of the server, or without one.</summary>
internal sealed class GitlabHost(HostClient client, VcsOptions options) : ISourceHost
{
    public async Task<SourceFile?> FindFileAsync(RepositoryUrl repository, string reference, string path, CancellationToken cancellation)
    {
        using var request = Request(repository, $"files/{HostClient.EscapeWhole(path)}/raw?ref={HostClient.EscapeWhole(reference)}");
        return await client.FindAsync(request, cancellation) is not { } content ? null
            : new SourceFile(content, $"{options.GitlabUrl.TrimEnd('/')}/{repository.Path}/-/blob/{HostClient.Escape(reference)}/{HostClient.Escape(path)}");
    }

    public async Task<CommitInfo?> FindCommitAsync(RepositoryUrl repository, string reference, CancellationToken cancellation)
    {
        using var request = Request(repository, $"commits/{HostClient.EscapeWhole(reference)}");
        if (await client.FindJsonAsync(request, cancellation) is not { } json) return null;
        return new CommitInfo
        {
            Message = HostClient.Text(json, "message"),
            Author = new CommitAuthor { Login = HostClient.Text(json, "author_name") },
            Date = HostClient.Text(json, "authored_date"),
            Sha = HostClient.Text(json, "id"),
            URL = HostClient.Text(json, "web_url"),
        };
    }

    private HttpRequestMessage Request(RepositoryUrl repository, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{options.GitlabUrl.TrimEnd('/')}/api/v4/projects/{HostClient.EscapeWhole(repository.Path)}/repository/{path}");
        if (options.GitlabToken.Length > 0) request.Headers.TryAddWithoutValidation("PRIVATE-TOKEN", options.GitlabToken);
        return request;
    }
}
