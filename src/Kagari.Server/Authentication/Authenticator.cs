using System.Net;
using Kagari.Server.Authentication.Credentials;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Authentication.Jwt;
using Kagari.Server.Configuration;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Authentication;

/// <summary>Finds out who asks: a token of the file, a user with a password, a token of an issuer, or a certificate.</summary>
/// <remarks>
/// Only passwords are refused unseen when an address has failed too often: they can be guessed. Tokens and certificates cannot, so
/// one misconfigured program does not lock out its neighbours behind the same address.
/// </remarks>
internal sealed class Authenticator : IDisposable
{
    private static readonly CredentialSet NoCredentials = new([], [], []);

    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(5);

    private readonly WatchedFiles<CredentialSet>? _file;
    private readonly JwtLogins? _jwt;
    private readonly IJwtKeys? _keys;
    private readonly FailedLogins _failed;
    private readonly bool _trustsCertificates;

    private Authenticator(AuthenticationOptions options, bool trustsCertificates, TimeProvider time, Action<string> report)
    {
        _trustsCertificates = trustsCertificates;
        _failed = new FailedLogins(options.FailedLoginsMax, options.FailedLoginsPeriod, time);
        Passwords = new PasswordLogins(time);
        if (options.File.Length > 0)
        {
            var words = new WatchedFiles<CredentialSet>.Words("the credentials", set => $"{set.Count} credentials are in force");
            _file = Read("auth.file", () => WatchedFiles<CredentialSet>.Open([options.File], texts => CredentialFile.Parse(texts[0], options.File), words, options.FileReloadPeriod, time, report));
        }
        if (options.Oidc.Issuer.Length == 0) return;
        _keys = options.Oidc.JwksFile.Length > 0
            ? Read("auth.oidc.jwks_file", () => new FileJwtKeys(options.Oidc.JwksFile, options.FileReloadPeriod, time, report))
            : new DiscoveredJwtKeys(options.Oidc.Issuer, time, report);
        _jwt = new JwtLogins(options.Oidc, _keys, time);
    }

    internal PasswordLogins Passwords { get; }

    /// <summary>How callers can say who they are, for user interfaces: <c>basic</c>, <c>bearer</c>, <c>certificate</c>.</summary>
    public IReadOnlyList<string> Kinds
    {
        get
        {
            var kinds = new List<string>();
            if (Credentials.HasUsers) kinds.Add("basic");
            if (Credentials.HasTokens || _jwt is not null) kinds.Add("bearer");
            if (_trustsCertificates && Credentials.HasCertificates) kinds.Add("certificate");
            return kinds;
        }
    }

    /// <summary>Whoever the file of credentials names, with the kind of credential.</summary>
    public IReadOnlyList<(string Kind, Identity Identity)> Listed => Credentials.Listed;

    private CredentialSet Credentials => _file?.Value ?? NoCredentials;

    /// <summary>Reads what the options name.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="trustsCertificates">Whether clients' certificates are verified; others prove nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Is told of problems and of changes, a sentence each.</param>
    /// <exception cref="ConfigurationException">A file cannot be read or used: nobody starts without the locks that were asked for.</exception>
    public static Authenticator Open(AuthenticationOptions options, bool trustsCertificates, TimeProvider time, Action<string> report) =>
        new(options, trustsCertificates, time, report);

    /// <summary>Who asks, or why nobody knows.</summary>
    public async ValueTask<(Identity? Identity, Refusal? Refusal)> AuthenticateAsync(HttpContext http)
    {
        var headers = http.Request.Headers.Authorization;
        if (headers.Count == 0 || (headers.Count == 1 && string.IsNullOrEmpty(headers[0]))) return WithoutHeader(http);
        var address = http.Connection.RemoteIpAddress;
        if (headers.Count > 1) return Failed(address, Refusal.Login(FailureReason.Malformed, "There is more than one Authorization header."));
        if (!AuthorizationHeader.TryRead(headers[0]!, out var header, out var error)) return Failed(address, Refusal.Login(FailureReason.Malformed, error));
        if (header.Secret.Length > 0 && Credentials.OfToken(header.Secret) is { } ofToken) return (ofToken, null);
        if (header.User is not null) return await OfPasswordAsync(header, address);
        if (_jwt is null || !JsonWebToken.HasShape(header.Secret)) return Failed(address, Refusal.Login(FailureReason.UnknownToken, "The token is not known."));
        var (identity, refusal) = await _jwt.OfAsync(header.Secret, http.RequestAborted);
        return refusal is { IsFailedLogin: true } ? Failed(address, refusal) : (identity, refusal);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _keys?.Dispose();
    }

    private static T Read<T>(string setting, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"{setting}: {e.Message}"]);
        }
    }

    private (Identity?, Refusal?) WithoutHeader(HttpContext http)
    {
        if (!_trustsCertificates || http.Connection.ClientCertificate is not { } certificate)
            return (null, new Refusal(FailureReason.Missing, RpcCode.Unauthenticated, "This server asks for credentials: basic authentication or a bearer token."));
        return Credentials.OfCertificate(certificate) is { } identity ? (identity, null)
            : (null, new Refusal(FailureReason.UnknownCertificate, RpcCode.Unauthenticated, "The certificate is of a known authority, but none of its names is among the certificates of setting auth.file."));
    }

    private async ValueTask<(Identity?, Refusal?)> OfPasswordAsync(AuthorizationHeader header, IPAddress? address)
    {
        if (!_failed.TryTake(address, out var wait)) return (null, TooMany(wait));
        if (!Passwords.TryBegin(Credentials, header.User!, header.Secret, out var login, out var isJoined))
        {
            _failed.GiveBack(address);
            return (null, new Refusal(FailureReason.Busy, RpcCode.Unavailable, "Too many logins by password at the same time; tokens need no waiting.") { RetryAfter = BusyWait });
        }
        // The same login at the same time is one guess: a program that opens fifty connections at its start is no thief.
        if (isJoined) _failed.GiveBack(address);
        var identity = await login;
        if (identity is null) return (null, Refusal.Login(FailureReason.WrongPassword, "User or password is wrong."));
        if (!isJoined) _failed.GiveBack(address);
        return (identity, null);
    }

    private (Identity?, Refusal?) Failed(IPAddress? address, Refusal refusal) =>
        (null, _failed.TryTake(address, out var wait) ? refusal : TooMany(wait));

    private static Refusal TooMany(TimeSpan wait) =>
        new(FailureReason.RateLimited, RpcCode.ResourceExhausted, "Too many failed logins from this address (setting auth.failed_logins_max).") { RetryAfter = wait };
}
