namespace Kagari.Server.Authentication.Jwt;

/// <summary>Where an issuer's keys come from.</summary>
internal interface IJwtKeys : IDisposable
{
    /// <summary>The keys, looked up again where none has this name. Null if there never were any to be had.</summary>
    ValueTask<JwtKeySet?> FindAsync(string? keyId, CancellationToken cancellation);
}
