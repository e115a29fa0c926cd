using System.Text;

namespace Kagari.Client.Delivery;

/// <summary>Where uploads go, and the headers that each of them has.</summary>
/// <param name="Endpoint">The address of the method, without user and password.</param>
/// <param name="Server">The server as messages name it: no secrets.</param>
/// <param name="Headers">All but those that describe the body.</param>
internal sealed record PushTarget(Uri Endpoint, string Server, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public const string Method = "push.v1.PusherService/Push";

    public static PushTarget Of(KagariOptions options)
    {
        var server = options.ServerAddress.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        // Names of headers are equal in any case; what is set later replaces.
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["User-Agent"] = $"kagari-dotnet/{Configuration.SeriesLabels.Version}",
        };
        if (AuthorizationOf(options) is { } authorization) headers["Authorization"] = authorization;
        if (!string.IsNullOrEmpty(options.TenantId)) headers["X-Scope-OrgID"] = options.TenantId;
        foreach (var (name, value) in options.Headers) headers[name] = value;
        return new PushTarget(new Uri($"{server}/{Method}"), server, [.. headers]);
    }

    /// <summary>A token, else user and password of the options, else those in the address.</summary>
    private static string? AuthorizationOf(KagariOptions options)
    {
        if (!string.IsNullOrEmpty(options.BearerToken)) return $"Bearer {options.BearerToken}";
        if (!string.IsNullOrEmpty(options.BasicAuthUser)) return Basic($"{options.BasicAuthUser}:{options.BasicAuthPassword}");
        if (options.ServerAddress.UserInfo is not { Length: > 0 } user) return null;
        var at = user.IndexOf(':');
        return Basic(at < 0 ? $"{Uri.UnescapeDataString(user)}:" : $"{Uri.UnescapeDataString(user[..at])}:{Uri.UnescapeDataString(user[(at + 1)..])}");
    }

    private static string Basic(string credentials) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";
}
