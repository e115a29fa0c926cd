using Kagari.Server.Configuration;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>Keys of a file that is read again while the server runs.</summary>
internal sealed class FileJwtKeys : IJwtKeys
{
    private readonly WatchedFiles<JwtKeySet> _file;

    /// <exception cref="ConfigurationException">The file cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public FileJwtKeys(string file, TimeSpan period, TimeProvider time, Action<string> report) => _file = WatchedFiles<JwtKeySet>.Open(
        [file], texts => Parse(texts[0], file), new WatchedFiles<JwtKeySet>.Words("the issuer's keys", keys => $"{keys.Count} keys are in force"), period, time, report);

    public ValueTask<JwtKeySet?> FindAsync(string? keyId, CancellationToken cancellation) => ValueTask.FromResult<JwtKeySet?>(_file.Value);

    public void Dispose() => _file.Dispose();

    private static JwtKeySet Parse(string text, string file) =>
        JwtKeySet.TryRead(text, out var keys, out var error) ? keys : throw new ConfigurationException([$"{file}: {error}; expected a set of keys (JWKS)"]);
}
