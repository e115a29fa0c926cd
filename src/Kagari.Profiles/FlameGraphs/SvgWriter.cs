using System.Text;

namespace Kagari.Profiles;

/// <summary>Writes a flame graph as one SVG that needs nothing else: the root on top, the whole name in a tooltip.</summary>
/// <remarks>
/// Specification: SVG 1.1. Without scripts, so that it may be mailed and shown anywhere. A function's colour comes
/// from the hash of its name: it is the same in every picture. Equal graphs give equal text.
/// </remarks>
public static class SvgWriter
{
    private const int RowHeight = 18, Margin = 10, HeaderHeight = 36;
    private const double CharWidth = 7.0;      // of the 12 px monospace font, rounded up
    private const double WidthMin = 0.2;       // thinner nodes are invisible and would only be bytes

    /// <summary>Writes the picture.</summary>
    /// <param name="graph">What to draw.</param>
    /// <param name="title">Above the graph.</param>
    /// <param name="unit">As sample types name it; see <see cref="ValueText.Format"/>.</param>
    /// <param name="output">Gets the text; lines end with <c>\n</c>.</param>
    /// <param name="width">Pixels, at least 100. Default: 1200.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is less than 100.</exception>
    public static void Write(FlameGraph graph, string title, string unit, TextWriter output, int width = 1200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 100);
        var height = HeaderHeight + (RowHeight * graph.LevelCount) + Margin;
        output.Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" "
            + "font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"12\">\n");
        output.Write("<style>rect { stroke: #fff; stroke-width: 0.5 } text { fill: #222; pointer-events: none } g:hover rect { stroke: #222 }</style>\n");
        output.Write($"<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n");
        output.Write($"<text x=\"{Margin}\" y=\"22\" font-size=\"14\">{Escape(title)} - {ValueText.Format(graph.Total, unit)}</text>\n");

        var scale = graph.Total > 0 ? (width - (2.0 * Margin)) / graph.Total : 0;
        var fills = new string[graph.Names.Count];
        for (var level = 0; level < graph.LevelCount; level++) WriteLevel(graph, level, scale, unit, fills, output);
        output.Write("</svg>\n");
    }

    private static void WriteLevel(FlameGraph graph, int level, double scale, string unit, string[] fills, TextWriter output)
    {
        var y = HeaderHeight + (RowHeight * level);
        var end = 0L;
        for (var values = graph.Level(level); values.Length > 0; values = values[FlameGraph.NodeSize..])
        {
            var x = end + values[0];
            end = x + values[1];
            var width = values[1] * scale;
            if (width < WidthMin) continue;
            var name = graph.Names[(int)values[3]];
            var fill = fills[values[3]] ??= Colour(name);
            var left = Margin + (x * scale);
            output.Write($"<g><title>{Escape(name)}: {ValueText.Format(values[1], unit)} ({ValueText.Percent(values[1], graph.Total)}), "
                + $"self {ValueText.Format(values[2], unit)}</title>"
                + $"<rect x=\"{left:0.##}\" y=\"{y}\" width=\"{width:0.##}\" height=\"{RowHeight}\" fill=\"{fill}\"/>");
            if (Label(name, width) is { } label) output.Write($"<text x=\"{left + 3:0.##}\" y=\"{y + 13}\">{Escape(label)}</text>");
            output.Write("</g>\n");
        }
    }

    /// <summary>As much of the name as fits; null where that would tell nothing.</summary>
    private static string? Label(string name, double width)
    {
        var fits = (int)((width - 6) / CharWidth);
        if (name.Length <= fits) return name;
        if (fits < 4) return null;
        var cut = fits - 1;
        if (char.IsHighSurrogate(name[cut - 1])) cut--;   // half a character is no text
        return name[..cut] + "…";
    }

    /// <summary>Warm and light enough for dark letters; what is no function is grey.</summary>
    private static string Colour(string name)
    {
        if (name is "total" or "other") return "#d8d8d8";
        var hash = XxHash64.Of(Encoding.UTF8.GetBytes(name));
        var red = 205 + (hash % 50);
        var green = 100 + ((hash >> 16) % 130);
        var blue = 40 + ((hash >> 32) % 60);
        return $"#{red:x2}{green:x2}{blue:x2}";
    }

    /// <summary>XML 1.0 text; characters that XML does not allow become U+FFFD.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '&') escaped.Append("&amp;");
            else if (c == '<') escaped.Append("&lt;");
            else if (c == '>') escaped.Append("&gt;");
            else if (c == '"') escaped.Append("&quot;");
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) escaped.Append(c).Append(text[++i]);
            else if ((c < ' ' && c is not ('\t' or '\n')) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF') escaped.Append('\uFFFD');
            else escaped.Append(c);
        }
        return escaped.ToString();
    }
}
