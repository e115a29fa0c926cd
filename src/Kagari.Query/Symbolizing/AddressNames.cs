using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Tells names that were made from addresses (<c>binary!0x1f3a</c>) from names of functions.</summary>
internal static class AddressNames
{
    /// <summary>Whether some name looks like one. A function may be named so too: then nothing is found for it, and nothing changes.</summary>
    public static bool AnyIn(NameView names)
    {
        for (var i = 0; i < names.Ends.Length; i++)
            if (IsAddress(names[i])) return true;
        return false;
    }

    /// <summary>The same for names that still grow.</summary>
    public static bool AnyIn(NameTable names)
    {
        for (var i = 0; i < names.Count; i++)
            if (IsAddress(names[i])) return true;
        return false;
    }

    internal static bool IsAddress(ReadOnlySpan<byte> name)
    {
        var mark = name.LastIndexOf("!0x"u8);
        return mark >= 0 && mark + 3 < name.Length && name[(mark + 3)..].IndexOfAnyExcept("0123456789abcdef"u8) < 0;
    }
}
