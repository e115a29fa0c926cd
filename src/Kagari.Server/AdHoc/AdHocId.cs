using System.Security.Cryptography;

namespace Kagari.Server.AdHoc;

/// <summary>Names an uploaded file: a ULID, which sorts by time, and the file's name with what is no harmless character replaced.</summary>
internal static class AdHocId
{
    private const string Unfinished = ".tmp";
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int UlidLength = 26, NameLengthMax = 128;

    public static string New(string name, DateTimeOffset now)
    {
        Span<char> ulid = stackalloc char[UlidLength];
        var millis = now.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--, millis >>= 5) ulid[i] = Crockford[(int)(millis & 31)];
        for (var i = 10; i < UlidLength; i++) ulid[i] = Crockford[RandomNumberGenerator.GetInt32(32)];
        var clean = Clean(name);
        if (clean.Length > NameLengthMax) clean = clean[^NameLengthMax..];
        // Stores take keys that end so for files that are not whole yet.
        return $"{ulid}-{clean}{(clean.EndsWith(Unfinished, StringComparison.Ordinal) ? "_" : "")}";
    }

    /// <summary>Whether a text is such an id: it becomes part of a key, so nothing else may pass.</summary>
    public static bool IsValid(string id) =>
        id.Length > UlidLength && id.Length <= UlidLength + 2 + NameLengthMax && !id.EndsWith(Unfinished, StringComparison.Ordinal) && id[UlidLength] == '-'
        && id.AsSpan(0, UlidLength).IndexOfAnyExcept(Crockford) < 0 && Clean(id) == id;

    /// <summary>The file's name in an id.</summary>
    public static string NameOf(string id) => id[(UlidLength + 1)..];

    /// <summary>When the file came, in milliseconds since 1970.</summary>
    public static long MillisOf(string id)
    {
        var millis = 0L;
        foreach (var c in id.AsSpan(0, 10)) millis = (millis << 5) | (uint)Crockford.IndexOf(c, StringComparison.Ordinal);
        return millis;
    }

    private static string Clean(string name) => new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' ? c : '_')]);
}
