namespace Kagari.Profiles;

/// <summary>Names of classes that the JVM makes up as it runs.</summary>
/// <remarks>
/// Their numbers and addresses differ from process to process, so the same code would have a name of its own in each.
/// As the peer does, for the forms that its answers show:
/// <code>
/// App$$Lambda$75.0x0000000800c22a28   App$$Lambda$177/224063653   App$$Lambda.0x00007ff32c0c63f8   →   App$$Lambda_
/// jdk/internal/reflect/GeneratedMethodAccessor8                                                   →   …GeneratedMethodAccessor_
/// </code>
/// Hidden classes written with a <c>+</c> keep their name, there as here.
/// </remarks>
internal static class JvmNames
{
    /// <summary>How much of the name stays, an underscore being put behind it; all of it for an ordinary name.</summary>
    public static int StableLength(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !char.IsAsciiHexDigit((char)name[^1])) return name.Length;
        var accessor = "jdk/internal/reflect/GeneratedMethodAccessor"u8;
        if (name.StartsWith(accessor)) return IsDigits(name[accessor.Length..]) ? accessor.Length : name.Length;
        var lambda = "$$Lambda"u8;
        var at = name.LastIndexOf(lambda);
        return at > 0 && IsAddress(name[(at + lambda.Length)..]) ? at + lambda.Length : name.Length;
    }

    /// <summary><c>$75.0x12ab</c>, <c>$177/224063653</c>, <c>.0x12ab</c>.</summary>
    private static bool IsAddress(ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("$"u8)) rest = rest[1..];
        rest = rest.TrimStart("0123456789"u8);
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)'/')) return false;
        rest = rest[1..];
        return rest.StartsWith("0x"u8) ? rest.Length > 2 && rest[2..].IndexOfAnyExcept("0123456789abcdef"u8) < 0 : IsDigits(rest);
    }

    private static bool IsDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
