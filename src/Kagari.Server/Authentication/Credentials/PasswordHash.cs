using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kagari.Server.Authentication.Credentials;

/// <summary>A password as the file of credentials keeps it: <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c>, both in base64.</summary>
/// <remarks>Slow on purpose: passwords are short, and whoever reads the file should not read them.</remarks>
public sealed class PasswordHash
{
    /// <summary>Iterations of new hashes: what OWASP asks of PBKDF2 with SHA-256.</summary>
    public const int IterationsDefault = 600_000;

    private const string Algorithm = "pbkdf2-sha256";
    private const int IterationsMin = 1000, IterationsMax = 10_000_000, SaltBytes = 16, SaltBytesMin = 8, HashBytes = 32, BytesMax = 256;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (_iterations, _salt, _hash) = (iterations, salt, hash);

    /// <summary>Hashes a password with a new salt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1,000 or more than 10 million iterations.</exception>
    public static PasswordHash Create(string password, int iterations = IterationsDefault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, IterationsMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, IterationsMax);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations, HashBytes));
    }

    /// <summary>Reads the text of a file. Errors name the form, never the content.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? hash, [NotNullWhen(false)] out string? error)
    {
        hash = null;
        error = null;
        var parts = text.Split('$');
        byte[] salt = new byte[BytesMax], derived = new byte[BytesMax];
        if (parts.Length != 4 || parts[0] != Algorithm) error = $"is not of the form {Algorithm}$ITERATIONS$SALT$HASH; 'kagari auth hash' makes it";
        else if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < IterationsMin or > IterationsMax)
            error = $"has no number of iterations between {IterationsMin} and {IterationsMax}";
        else if (!Convert.TryFromBase64String(parts[2], salt, out var saltLength) || saltLength < SaltBytesMin) error = $"has a salt that is no base64 of at least {SaltBytesMin} bytes";
        else if (!Convert.TryFromBase64String(parts[3], derived, out var hashLength) || hashLength != HashBytes) error = $"has a hash that is no base64 of {HashBytes} bytes";
        else hash = new PasswordHash(iterations, salt[..saltLength], derived[..hashLength]);
        return hash is not null;
    }

    /// <summary>Whether this is the password; takes the same time for every wrong one.</summary>
    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, _salt, _iterations, _hash.Length), _hash);

    /// <summary>A hash that costs as much to check, and that no password has.</summary>
    internal PasswordHash Unmatchable() => new(_iterations, RandomNumberGenerator.GetBytes(_salt.Length), RandomNumberGenerator.GetBytes(_hash.Length));

    /// <summary>The text for the file.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Algorithm}${_iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, length);
}
