using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Server.Vcs.Finding;
using Kagari.Server.Vcs.Hosts;
using Kagari.Wire.Vcs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Vcs;

/// <summary><c>vcs.v1.VCSService</c>: source code and commits for user interfaces.</summary>
/// <remarks>GitHub is read with the token of the person who asks, GitLab with one of the server, other hosts under plain addresses.</remarks>
internal sealed class VcsService : IDisposable
{
    private const string Prefix = "/vcs.v1.VCSService/", NotConfigured = "GitHub integration is not configured";

    /// <summary>A page of commits; each is a request.</summary>
    private const int RefsMax = 50;

    private readonly HostClient _client = new();
    private readonly GithubLogin _login;
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;

    public VcsService(ServerOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _login = new GithubLogin(_client, options.Vcs, time);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRpc<GithubAppRequest, GithubAppResponse>(Prefix + "GithubApp", GithubApp).RequireAccess(Access.Read);
        routes.MapRpc<GithubLoginRequest, GithubLoginResponse>(Prefix + "GithubLogin", GithubLoginAsync).RequireAccess(Access.Read);
        routes.MapRpc<GithubRefreshRequest, GithubRefreshResponse>(Prefix + "GithubRefresh", GithubRefreshAsync).RequireAccess(Access.Read);
        routes.MapRpc<GetFileRequest, GetFileResponse>(Prefix + "GetFile", GetFileAsync).RequireAccess(Access.Read);
        routes.MapRpc<GetCommitRequest, GetCommitResponse>(Prefix + "GetCommit", GetCommitAsync).RequireAccess(Access.Read);
        routes.MapRpc<GetCommitsRequest, GetCommitsResponse>(Prefix + "GetCommits", GetCommitsAsync).RequireAccess(Access.Read);
    }

    public void Dispose() => _client.Dispose();

    private ValueTask<GithubAppResponse> GithubApp(RpcContext call, GithubAppRequest request, CancellationToken cancellation)
    {
        _ = TenantOf(call);
        return _options.Vcs.HasGithub
            ? ValueTask.FromResult(new GithubAppResponse { ClientID = _options.Vcs.GithubClientId, CallbackURL = _options.Vcs.GithubCallbackUrl })
            : throw new RpcException(RpcCode.Unimplemented, NotConfigured);
    }

    private async ValueTask<GithubLoginResponse> GithubLoginAsync(RpcContext call, GithubLoginRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call);
        if (!_options.Vcs.HasGithub) throw new RpcException(RpcCode.Unimplemented, NotConfigured);
        if (request.AuthorizationCode.Length == 0) throw new RpcException(RpcCode.InvalidArgument, "\"authorizationCode\" is required");
        var (session, refresh) = await _login.LoginAsync(request.AuthorizationCode, cancellation);
        var token = session.Encode(_options.Vcs.GithubSessionSecret, tenant);
        return new GithubLoginResponse
        {
            Cookie = CookieOf(token, refresh),
            Token = token,
            TokenExpiresAt = session.Expiry.ToUnixTimeMilliseconds(),
            RefreshTokenExpiresAt = refresh.ToUnixTimeMilliseconds(),
        };
    }

    private async ValueTask<GithubRefreshResponse> GithubRefreshAsync(RpcContext call, GithubRefreshRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call);
        if (!_options.Vcs.HasGithub) throw new RpcException(RpcCode.Unimplemented, NotConfigured);
        var (session, refresh) = await _login.RefreshAsync(SessionOf(call, tenant), cancellation);
        var token = session.Encode(_options.Vcs.GithubSessionSecret, tenant);
        return new GithubRefreshResponse
        {
            Cookie = CookieOf(token, refresh),
            Token = token,
            TokenExpiresAt = session.Expiry.ToUnixTimeMilliseconds(),
            RefreshTokenExpiresAt = refresh.ToUnixTimeMilliseconds(),
        };
    }

    private async ValueTask<GetFileResponse> GetFileAsync(RpcContext call, GetFileRequest request, CancellationToken cancellation)
    {
        var (host, repository) = HostOf(call, request.RepositoryURL);
        if (request.LocalPath.Length == 0) throw new RpcException(RpcCode.InvalidArgument, "\"localPath\" is required");
        var finder = new SourceFinder(host, repository, request.Ref.Length == 0 ? "HEAD" : request.Ref, request.RootPath);
        var file = await finder.FindAsync(request.LocalPath, request.FunctionName, cancellation);
        return new GetFileResponse { Content = Convert.ToBase64String(file.Content), URL = file.Url };
    }

    private async ValueTask<GetCommitResponse> GetCommitAsync(RpcContext call, GetCommitRequest request, CancellationToken cancellation)
    {
        var (host, repository) = HostOf(call, request.RepositoryURL);
        var commit = await FindCommitAsync(host, repository, request.Ref, cancellation);
        return new GetCommitResponse { Message = commit.Message, Author = commit.Author, Date = commit.Date, Sha = commit.Sha, URL = commit.URL };
    }

    private async ValueTask<GetCommitsResponse> GetCommitsAsync(RpcContext call, GetCommitsRequest request, CancellationToken cancellation)
    {
        var (host, repository) = HostOf(call, request.RepositoryUrl);
        if (request.Refs.Count > RefsMax) throw new RpcException(RpcCode.InvalidArgument, $"\"refs\" has {request.Refs.Count} entries; the limit is {RefsMax}");
        var answer = new GetCommitsResponse();
        foreach (var reference in request.Refs) answer.Commits.Add(await FindCommitAsync(host, repository, reference, cancellation));
        return answer;
    }

    private static async Task<CommitInfo> FindCommitAsync(ISourceHost host, RepositoryUrl repository, string reference, CancellationToken cancellation)
    {
        // Labels name branches and tags in full or short; the host knows both.
        var name = reference.StartsWith("refs/", StringComparison.Ordinal) ? reference["refs/".Length..] : reference.Length == 0 ? "HEAD" : reference;
        return await host.FindCommitAsync(repository, name, cancellation) ?? throw new RpcException(RpcCode.NotFound, $"there is no commit '{reference}' in {repository.Host}/{repository.Path}");
    }

    /// <summary>Who can read the repository.</summary>
    private (ISourceHost Host, RepositoryUrl Repository) HostOf(RpcContext call, string url)
    {
        var tenant = TenantOf(call);
        if (!RepositoryUrl.TryParse(url, out var repository))
            throw new RpcException(RpcCode.InvalidArgument, $"the URL of the repository is '{url}'; expected one such as https://github.com/owner/name");
        if (repository.IsAt(_options.Vcs.GithubUrl) && (_options.Vcs.HasGithub || _options.Vcs.RawUrlTemplate.Length == 0))
        {
            if (!_options.Vcs.HasGithub) throw new RpcException(RpcCode.Unimplemented, NotConfigured);
            var session = SessionOf(call, tenant);
            if (session.Expiry <= _time.GetUtcNow()) throw new RpcException(RpcCode.Unauthenticated, "token is expired");
            return (new GithubHost(_client, _options.Vcs, session.AccessToken), repository);
        }
        if (repository.IsAt(_options.Vcs.GitlabUrl)) return (new GitlabHost(_client, _options.Vcs), repository);
        return _options.Vcs.RawUrlTemplate.Length > 0 ? (new TemplateHost(_client, _options.Vcs.RawUrlTemplate, _options.Vcs.RawUrlAuthorization), repository)
            : throw new RpcException(RpcCode.InvalidArgument, $"only GitHub and GitLab repositories are supported, and hosts that the setting vcs.raw_url_template leads to; this one is at {repository.Host}");
    }

    private GithubSession SessionOf(RpcContext call, string tenant) =>
        call.HttpContext.Request.Cookies[GithubSession.CookieName] is { Length: > 0 } cookie
            ? GithubSession.Decode(cookie, _options.Vcs.GithubSessionSecret, tenant)
            : throw new RpcException(RpcCode.Unauthenticated, $"invalid token: there is no cookie {GithubSession.CookieName}");

    private static string CookieOf(string token, DateTimeOffset expires) =>
        $"{GithubSession.CookieName}={Uri.EscapeDataString(token)}; Expires={expires:R}; HttpOnly; Secure; SameSite=Lax";

    private string TenantOf(RpcContext call) => TenantId.ForWrite(call.HttpContext, _options.MultitenancyEnabled);
}
