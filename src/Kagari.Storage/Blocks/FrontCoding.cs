using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Sorted texts, each as the length it shares with the one before and the rest.</summary>
/// <remarks><code>count | count x shared length | count x rest length | bytes of all rests</code></remarks>
internal static class FrontCoding
{
    /// <summary>No text is longer: a shared prefix must not multiply a few bytes into gigabytes.</summary>
    public const int TextBytesMax = 1 << 20;

    public delegate ReadOnlySpan<byte> TextAt(int index);

    public static void Encode(int count, TextAt textAt, ref FlatList<byte> output)
    {
        output.AddVarint(count);
        for (var i = 0; i < count; i++) output.AddVarint(i == 0 ? 0 : textAt(i - 1).CommonPrefixLength(textAt(i)));
        for (var i = 0; i < count; i++) output.AddVarint(textAt(i).Length - (i == 0 ? 0 : textAt(i - 1).CommonPrefixLength(textAt(i))));
        for (var i = 0; i < count; i++) output.AddRange(textAt(i)[(i == 0 ? 0 : textAt(i - 1).CommonPrefixLength(textAt(i)))..]);
    }

    /// <summary>Appends the texts; <see cref="ByteCursor.Failed"/> says whether they were whole.</summary>
    /// <param name="cursor">Stands behind the texts afterwards.</param>
    /// <param name="bytes">All texts one after the other.</param>
    /// <param name="ends">Where each ends.</param>
    /// <param name="bytesMax">More bytes than this are refused.</param>
    public static void Decode(ref ByteCursor cursor, ref FlatList<byte> bytes, ref FlatList<int> ends, long bytesMax)
    {
        var count = cursor.ReadInt32(cursor.Remaining);
        var shared = cursor;
        for (var i = 0; i < count; i++) cursor.ReadVarint();
        var rests = cursor;
        for (var i = 0; i < count; i++) cursor.ReadVarint();
        var lastStart = bytes.Count;
        for (var i = 0; i < count && !cursor.Failed; i++)
        {
            var start = bytes.Count;
            var prefix = shared.ReadInt32(start - lastStart);
            var rest = cursor.Take(rests.ReadInt32());
            if (shared.Failed || cursor.Failed || prefix + rest.Length > TextBytesMax || start + prefix + (long)rest.Length > bytesMax)
            {
                cursor.Fail();
                return;
            }
            var text = bytes.Extend(prefix + rest.Length);
            bytes.Span.Slice(lastStart, prefix).CopyTo(text);
            rest.CopyTo(text[prefix..]);
            ends.Add(bytes.Count);
            lastStart = start;
        }
    }
}
