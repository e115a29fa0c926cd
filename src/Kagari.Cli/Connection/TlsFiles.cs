namespace Kagari.Cli.Connection;

/// <summary>PEM files of a connection; null where the system's authorities do, or no certificate is shown.</summary>
/// <param name="CaFile">Authorities that the server's certificate must come from.</param>
/// <param name="Certificate">Who the caller is.</param>
/// <param name="Key">The key of that certificate.</param>
internal sealed record TlsFiles(string? CaFile, string? Certificate, string? Key);
