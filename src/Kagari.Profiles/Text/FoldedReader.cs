using System.Buffers.Text;
using System.Text;

namespace Kagari.Profiles;

/// <summary>Decodes folded ("collapsed", "groups") stacks: one line per stack, <c>root;caller;leaf 12</c>.</summary>
/// <remarks>
/// Format: docs/formats/text-formats.md, after the peer's <c>/ingest</c> (wire reference §3.2). The last space of a
/// line splits stack and count; lines without a space are skipped; <c>\n</c> or <c>\r\n</c> ends a line; an empty
/// frame after the last <c>;</c> is none. Total: any bytes give a profile or an error, in memory proportional to
/// the input. Safe to call from several threads with a profile each.
/// </remarks>
public static class FoldedReader
{
    /// <summary>Clears <paramref name="into"/> and fills it: one value per sample, equal stacks are one sample.</summary>
    /// <param name="input">The text; must not be memory of <paramref name="into"/>.</param>
    /// <param name="into">
    /// The caller sets sample types and period afterwards. On failure its content is undefined.
    /// </param>
    /// <param name="limits">Deeper stacks lose leaf frames, longer names their head; the other bounds refuse.</param>
    /// <param name="error">Names the line, counted from 1, where a count is no number.</param>
    public static bool TryRead(ReadOnlySpan<byte> input, FlatProfile into, DecodeLimits limits, out ProfileError error)
    {
        using var stacks = StackCollector.Shared;
        if (!stacks.TryBegin(input.Length, into, limits, out error)) return false;
        var lines = new TextLines(input);
        while (lines.Next(out var line))
        {
            var space = line.LastIndexOf((byte)' ');
            if (space < 0) continue;
            if (!TryParseCount(line[(space + 1)..], out var count))
            {
                error = BadCount(lines.Number, line[(space + 1)..]);
                return false;
            }
            // A count of 0 says that nothing was seen: such a stack would only be drawn as nothing.
            if (count > 0 && !stacks.TryAddPath(line[..space], count, out error)) return false;
        }
        return true;
    }

    private static bool TryParseCount(ReadOnlySpan<byte> text, out long count) =>
        Utf8Parser.TryParse(text, out count, out var used) && used == text.Length && count >= 0;

    private static ProfileError BadCount(int line, ReadOnlySpan<byte> text)
    {
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 32)]);
        return ProfileError.Malformed($"folded stacks: line {line} ends in '{shown}'; expected a count from 0 to {long.MaxValue}");
    }
}
