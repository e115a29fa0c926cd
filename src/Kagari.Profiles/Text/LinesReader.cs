namespace Kagari.Profiles;

/// <summary>Decodes stacks written one per line, <c>root;caller;leaf</c>; each line counts 1.</summary>
/// <remarks>
/// Format: docs/formats/text-formats.md, after the peer's <c>/ingest?format=lines</c> (wire reference §3.2).
/// Empty lines are skipped. Total, and safe to call from several threads, as <see cref="FoldedReader"/>.
/// </remarks>
public static class LinesReader
{
    /// <summary>Clears <paramref name="into"/> and fills it: one value per sample, equal stacks are one sample.</summary>
    /// <param name="input">The text; must not be memory of <paramref name="into"/>.</param>
    /// <param name="into">
    /// The caller sets sample types and period afterwards. On failure its content is undefined.
    /// </param>
    /// <param name="limits">Deeper stacks lose leaf frames, longer names their head; the other bounds refuse.</param>
    /// <param name="error">Which limit was passed.</param>
    public static bool TryRead(ReadOnlySpan<byte> input, FlatProfile into, DecodeLimits limits, out ProfileError error)
    {
        using var stacks = StackCollector.Shared;
        if (!stacks.TryBegin(input.Length, into, limits, out error)) return false;
        var lines = new TextLines(input);
        while (lines.Next(out var line))
            if (line.Length > 0 && !stacks.TryAddPath(line, 1, out error)) return false;
        return true;
    }
}
