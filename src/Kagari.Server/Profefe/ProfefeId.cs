using System.Buffers.Binary;
using Kagari.Storage;

namespace Kagari.Server.Profefe;

/// <summary>Names a profile as profefe does: 20 characters that sort by time.</summary>
/// <remarks>
/// <code>
/// byte 0      4                          12
///      seconds │ content hash, big endian      as base32hex in lower case, the first bit first (rs/xid's alphabet)
/// </code>
/// The second is that of the profile, so an id leads to its rows without an index, and a profile that is posted twice has
/// one id. Every stored profile has one, whichever way it came.
/// </remarks>
/// <param name="Seconds">Second of the profile since 1970; later than 2106 wraps around.</param>
/// <param name="ContentHash">See <see cref="RowIdentity.ContentHash"/>.</param>
internal readonly record struct ProfefeId(uint Seconds, ulong ContentHash)
{
    public const int Length = 20;

    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";

    private const int Bytes = 12;

    public static ProfefeId Of(RowIdentity identity) => new((uint)(identity.TimeNanos / 1_000_000_000), identity.ContentHash);

    public bool IsOf(RowIdentity identity) => Of(identity) == this;

    public static bool TryParse(string text, out ProfefeId id)
    {
        id = default;
        if (text.Length != Length) return false;
        Span<byte> bytes = stackalloc byte[Bytes];
        var (bits, held, at) = (0u, 0, 0);
        foreach (var c in text)
        {
            var value = Alphabet.IndexOf(c);
            if (value < 0) return false;
            bits = (bits << 5) | (uint)value;
            held += 5;
            if (held < 8) continue;
            bytes[at++] = (byte)(bits >> (held -= 8));
            bits &= (1u << held) - 1;
        }
        // 20 characters hold 100 bits; what is over must be zero, so that one profile has one name.
        if (bits != 0) return false;
        id = new ProfefeId(BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Seconds);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], ContentHash);
        Span<char> text = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < Bytes ? bytes[(bit / 8) + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
        return new string(text);
    }
}
