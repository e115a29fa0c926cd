using System.Text;

namespace Kagari.Profiles;

/// <summary>How a string is written.</summary>
internal enum JfrTextEncoding : byte
{
    None = 0,
    Empty = 1,

    /// <summary>The id of a <c>java.lang.String</c> constant.</summary>
    Constant = 2,
    Utf8 = 3,

    /// <summary>UTF-16, an integer per unit.</summary>
    Characters = 4,
    Latin1 = 5,
}

/// <summary>A string of a chunk: where its bytes are, or which constant it is.</summary>
internal readonly record struct JfrText(int Start, int Length, JfrTextEncoding Encoding, long Constant)
{
    /// <summary>Appends it as UTF-8; nothing for a constant, which its pool resolves.</summary>
    public void AppendTo(ref FlatList<byte> target, in JfrCursor chunk)
    {
        var bytes = chunk.Data.Slice(Start, Length);
        switch (Encoding)
        {
            case JfrTextEncoding.Utf8:
                target.AddRange(bytes);
                break;
            case JfrTextEncoding.Latin1:
                foreach (var b in bytes) AppendRune(ref target, new Rune(b));
                break;
            case JfrTextEncoding.Characters:
                AppendCharacters(ref target, bytes, chunk.IsCompressed);
                break;
        }
    }

    private static void AppendCharacters(ref FlatList<byte> target, ReadOnlySpan<byte> bytes, bool isCompressed)
    {
        var units = new JfrCursor(bytes, isCompressed);
        var high = '\0';
        while (!units.AtEnd)
        {
            var unit = (char)units.ReadShort();
            if (high != 0)
            {
                var isPair = Rune.TryCreate(high, unit, out var pair);
                high = '\0';
                AppendRune(ref target, isPair ? pair : Rune.ReplacementChar);
                if (isPair) continue;
            }
            if (char.IsHighSurrogate(unit)) high = unit;
            else AppendRune(ref target, Rune.TryCreate(unit, out var rune) ? rune : Rune.ReplacementChar);
        }
        if (high != 0) AppendRune(ref target, Rune.ReplacementChar);
    }

    private static void AppendRune(ref FlatList<byte> target, Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        target.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
    }
}
