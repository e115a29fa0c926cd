using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kagari.Server.Authentication.Credentials;

/// <summary>What one content of the file of credentials says. Does not change.</summary>
internal sealed class CredentialSet
{
    private readonly Dictionary<string, CertificateEntry> _certificates;
    private readonly ILookup<ulong, TokenEntry> _tokens;
    private readonly Dictionary<string, UserEntry> _users;
    private readonly PasswordHash? _nobody;

    public CredentialSet(IReadOnlyList<TokenEntry> tokens, IReadOnlyList<UserEntry> users, IReadOnlyList<CertificateEntry> certificates)
    {
        _tokens = tokens.ToLookup(t => BinaryPrimitives.ReadUInt64LittleEndian(t.Digest));
        _users = users.ToDictionary(u => u.Identity.Name, StringComparer.Ordinal);
        _certificates = certificates.ToDictionary(c => c.Subject, StringComparer.OrdinalIgnoreCase);
        _nobody = users.Count > 0 ? users[0].Password.Unmatchable() : null;
        Count = tokens.Count + users.Count + certificates.Count;
        Listed = [.. tokens.Select(t => ("token", t.Identity)), .. users.Select(u => ("user", u.Identity)), .. certificates.Select(c => ("certificate", c.Identity))];
    }

    /// <summary>All entries without their secrets, with the kind of each, in the order of the file.</summary>
    public IReadOnlyList<(string Kind, Identity Identity)> Listed { get; }

    /// <summary>How many entries there are.</summary>
    public int Count { get; }

    /// <summary>Whether there are entries of each kind.</summary>
    public bool HasUsers => _users.Count > 0;

    /// <inheritdoc cref="HasUsers"/>
    public bool HasTokens => _tokens.Count > 0;

    /// <inheritdoc cref="HasUsers"/>
    public bool HasCertificates => _certificates.Count > 0;

    /// <summary>Whose token it is; null where it is nobody's.</summary>
    public Identity? OfToken(string token)
    {
        // Whoever measures this learns about the hash of a guess, from which nothing follows for the next guess.
        var digest = AccessToken.Digest(token);
        foreach (var entry in _tokens[BinaryPrimitives.ReadUInt64LittleEndian(digest)])
            if (CryptographicOperations.FixedTimeEquals(entry.Digest, digest)) return entry.Identity;
        return null;
    }

    /// <summary>The user with that name and password; slow, and as slow for names that do not exist.</summary>
    public Identity? OfPassword(string user, string password)
    {
        if (_users.TryGetValue(user, out var entry)) return entry.Password.Matches(password) ? entry.Identity : null;
        _nobody?.Matches(password);
        return null;
    }

    /// <summary>Whose certificate it is: by its DNS names, its addresses and its common name. The authority was checked before.</summary>
    public Identity? OfCertificate(X509Certificate2 certificate) =>
        CertificateNames.Of(certificate).Select(name => _certificates.GetValueOrDefault(name)?.Identity).FirstOrDefault(i => i is not null);

    internal sealed record TokenEntry(Identity Identity, byte[] Digest);

    internal sealed record UserEntry(Identity Identity, PasswordHash Password);

    internal sealed record CertificateEntry(Identity Identity, string Subject);
}
