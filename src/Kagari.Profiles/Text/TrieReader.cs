namespace Kagari.Profiles;

/// <summary>Decodes the binary trie form: nodes in pre-order, each with the bytes it adds to its parent's key.</summary>
/// <remarks>
/// Format: docs/formats/text-formats.md, after the peer's <c>/ingest?format=trie</c> (wire reference §3.2). Keys with
/// a value above 0 are stacks, split at <c>;</c> as folded ones are. Total: any bytes give a profile or an error; all
/// keys together must stay within <see cref="DecodeLimits.BytesMax"/>, so that a small deep trie cannot become a huge
/// profile. Safe to call from several threads with a profile each.
/// </remarks>
public static class TrieReader
{
    /// <summary>Clears <paramref name="into"/> and fills it: one value per sample, equal stacks are one sample.</summary>
    /// <param name="input">The bytes; must not be memory of <paramref name="into"/>.</param>
    /// <param name="into">
    /// The caller sets sample types and period afterwards. On failure its content is undefined.
    /// </param>
    /// <param name="limits">
    /// Deeper stacks lose leaf frames; a suffix longer than <see cref="DecodeLimits.StringBytesMax"/> is refused,
    /// a frame of several suffixes that is longer keeps its tail.
    /// </param>
    /// <param name="error">Names the byte.</param>
    public static bool TryRead(ReadOnlySpan<byte> input, FlatProfile into, DecodeLimits limits, out ProfileError error)
    {
        using var stacks = StackCollector.Shared;
        if (!stacks.TryBegin(input.Length, into, limits, out error)) return false;
        var nodes = new PreorderCursor(input, limits, "trie");
        var key = default(FlatList<byte>);
        var keyBytes = default(FlatList<int>);   // key length at each open depth
        while (nodes.Next(out var depth, out var suffix, out var value))
        {
            keyBytes.Truncate(depth);
            key.Truncate(depth > 0 ? keyBytes[depth - 1] : 0);
            key.AddRange(suffix);
            keyBytes.Add(key.Count);
            if (value == 0) continue;
            if (!stacks.TryExpand(key.Count, "trie", out error) || !stacks.TryAddPath(key.Span, value, out error)) return false;
        }
        error = nodes.Error;
        return !error.IsError;
    }
}
