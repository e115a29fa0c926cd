namespace Kagari.Profiles;

/// <summary>Decodes the binary tree form: nodes in pre-order, each with name, self value and number of children.</summary>
/// <remarks>
/// Format: docs/formats/text-formats.md, after the peer's <c>/ingest?format=tree</c> (wire reference §3.2). The first
/// node is the root; where its name is empty, as it should be, it is no frame. Total: any bytes give a profile
/// or an error; the stacks written out as text must stay within <see cref="DecodeLimits.BytesMax"/>, so that a small
/// deep tree cannot become a huge profile. Safe to call from several threads with a profile each.
/// </remarks>
public static class TreeReader
{
    /// <summary>Clears <paramref name="into"/> and fills it: one value per sample, equal stacks are one sample.</summary>
    /// <param name="input">The bytes; must not be memory of <paramref name="into"/>.</param>
    /// <param name="into">
    /// The caller sets sample types and period afterwards. On failure its content is undefined.
    /// </param>
    /// <param name="limits">Deeper stacks lose leaf frames; the other bounds refuse, that on names too.</param>
    /// <param name="error">Names the byte.</param>
    public static bool TryRead(ReadOnlySpan<byte> input, FlatProfile into, DecodeLimits limits, out ProfileError error)
    {
        using var stacks = StackCollector.Shared;
        if (!stacks.TryBegin(input.Length, into, limits, out error)) return false;
        var nodes = new PreorderCursor(input, limits, "tree");
        var path = default(FlatList<int>);          // locations, root first
        var pathBytes = default(FlatList<long>);    // text of the path up to each frame, separators included
        var rootFrames = 0;
        while (nodes.Next(out var depth, out var name, out var self))
        {
            if (depth == 0) rootFrames = name.IsEmpty ? 0 : 1;
            var frames = depth + rootFrames;
            // A node beyond the depth limit leaves the path as it is: its value goes to its last kept ancestor.
            if (limits.DepthMax == 0 || frames <= limits.DepthMax)
            {
                path.Truncate(Math.Max(frames - 1, 0));
                pathBytes.Truncate(path.Count);
                if (frames > 0)
                {
                    pathBytes.Add((path.Count > 0 ? pathBytes[path.Count - 1] : 0) + name.Length + 1);
                    path.Add(stacks.Frame(name));
                }
            }
            if (self == 0) continue;
            var expanded = path.Count > 0 ? pathBytes[path.Count - 1] : 0;
            if (!stacks.TryExpand(expanded, "tree", out error) || !stacks.TryAddStack(path.Span, self, out error)) return false;
        }
        error = nodes.Error;
        return !error.IsError;
    }
}
