using Kagari.Server.Rpc;
using Kagari.Server.Vcs.Hosts;

namespace Kagari.Server.Vcs;

/// <summary>GitHub's OAuth flow of apps: a code or a refresh token becomes a session.</summary>
internal sealed class GithubLogin(HostClient client, VcsOptions options, TimeProvider time)
{
    /// <summary>How long a refresh token lives where GitHub does not say: six months, less a bit.</summary>
    private const long RefreshSeconds = 15_897_600;

    /// <summary>A code from the page that GitHub sent the person back to.</summary>
    public Task<(GithubSession Session, DateTimeOffset RefreshExpiry)> LoginAsync(string code, CancellationToken cancellation) =>
        AskAsync([new("client_id", options.GithubClientId), new("client_secret", options.GithubClientSecret), new("code", code)], cancellation);

    /// <summary>A new token for an old one.</summary>
    public Task<(GithubSession Session, DateTimeOffset RefreshExpiry)> RefreshAsync(GithubSession session, CancellationToken cancellation) =>
        AskAsync(
        [
            new("client_id", options.GithubClientId), new("client_secret", options.GithubClientSecret),
            new("grant_type", "refresh_token"), new("refresh_token", session.RefreshToken),
        ], cancellation);

    private async Task<(GithubSession Session, DateTimeOffset RefreshExpiry)> AskAsync(KeyValuePair<string, string>[] form, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.GithubUrl.TrimEnd('/')}/login/oauth/access_token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        // Wrong codes are answered with 200 and an error.
        var json = await client.FindJsonAsync(request, cancellation) ?? throw new RpcException(RpcCode.Unavailable, "GitHub has no such app");
        if (HostClient.Text(json, "access_token") is not { Length: > 0 } access)
            throw new RpcException(RpcCode.Unauthenticated, $"GitHub refuses: {HostClient.Text(json, "error_description")}");
        var now = time.GetUtcNow();
        DateTimeOffset In(string name, long seconds) => now.AddSeconds(json.TryGetProperty(name, out var number) && number.TryGetInt64(out var told) ? told : seconds);
        return (new GithubSession(access, HostClient.Text(json, "refresh_token"), In("expires_in", 8 * 3600)), In("refresh_token_expires_in", RefreshSeconds));
    }
}
