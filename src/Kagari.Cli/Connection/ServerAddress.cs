namespace Kagari.Cli.Connection;

/// <summary>Where a server is and as whom to call it.</summary>
internal sealed record ServerAddress(Uri Url, string? Tenant, string? Token, string? Username, string? Password, TlsFiles Tls);
