using System.Net.Http.Headers;
using Kagari.Wire.Vcs;

namespace Kagari.Server.Vcs.Hosts;

/// <summary>GitHub's REST API (docs.github.com/rest: repository contents, commits), with the token of the person who asks.</summary>
internal sealed class GithubHost(HostClient client, VcsOptions options, string token) : ISourceHost
{
    public async Task<SourceFile?> FindFileAsync(RepositoryUrl repository, string reference, string path, CancellationToken cancellation)
    {
        using var request = Request($"repos/{HostClient.Escape(repository.Path)}/contents/{HostClient.Escape(path)}?ref={HostClient.EscapeWhole(reference)}", "application/vnd.github.raw+json");
        return await client.FindAsync(request, cancellation) is not { } content ? null
            : new SourceFile(content, $"{options.GithubUrl.TrimEnd('/')}/{repository.Path}/blob/{HostClient.Escape(reference)}/{HostClient.Escape(path)}");
    }

    public async Task<CommitInfo?> FindCommitAsync(RepositoryUrl repository, string reference, CancellationToken cancellation)
    {
        using var request = Request($"repos/{HostClient.Escape(repository.Path)}/commits/{HostClient.Escape(reference)}", "application/vnd.github+json");
        if (await client.FindJsonAsync(request, cancellation) is not { } json) return null;
        return new CommitInfo
        {
            Message = HostClient.Text(json, "commit.message"),
            Author = new CommitAuthor { Login = HostClient.Text(json, "author.login"), AvatarURL = HostClient.Text(json, "author.avatar_url") },
            Date = HostClient.Text(json, "commit.author.date"),
            Sha = HostClient.Text(json, "sha"),
            URL = HostClient.Text(json, "html_url"),
        };
    }

    private HttpRequestMessage Request(string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{options.GithubApiUrl.TrimEnd('/')}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("X-GitHub-Api-Version", "2022-11-28");
        return request;
    }
}
