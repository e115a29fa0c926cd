using System.Text;
using Kagari.Profiles;

namespace Kagari.Cli.Rendering;

/// <summary>Draws a flame graph in lines of text, the root on top.</summary>
/// <remarks>
/// <code>
/// │total 100%                            │
/// │main 75%                   │gc 25%    │     a cell begins with its border; what is narrower
/// │work 50%           │io 25% │                than a column is left out
/// </code>
/// </remarks>
internal static class FlameGraphText
{
    private const char Border = '│';

    /// <summary>Writes the rows.</summary>
    /// <param name="graph">What to draw.</param>
    /// <param name="width">Columns of a row.</param>
    /// <param name="hasColor">Whether cells are coloured.</param>
    /// <param name="depthMax">Most levels; 0: all.</param>
    /// <param name="output">Gets the lines.</param>
    public static void Write(FlameGraph graph, int width, bool hasColor, int depthMax, TextWriter output)
    {
        var line = new StringBuilder();
        for (var level = 0; level < graph.LevelCount; level++)
        {
            if (depthMax > 0 && level == depthMax)
            {
                output.WriteLine($"… {graph.LevelCount - level} deeper levels are not shown; see --depth");
                return;
            }
            line.Clear();
            if (!WriteLevel(graph, level, width, hasColor, line)) return;   // all below is as narrow
            output.WriteLine(line.ToString().TrimEnd(' '));
        }
    }

    private static bool WriteLevel(FlameGraph graph, int level, int width, bool hasColor, StringBuilder line)
    {
        var (end, column, any) = (0L, 0, false);
        for (var values = graph.Level(level); values.Length > 0; values = values[FlameGraph.NodeSize..])
        {
            var start = end + values[0];
            end = start + values[1];
            // Both ends are rounded the same way, so neighbours share a border and nothing adds up to more than the width.
            var (left, right) = (Column(start, graph.Total, width), Column(end, graph.Total, width));
            if (right <= left) continue;
            line.Append(' ', left - column);
            var name = graph.Names[(int)values[3]];
            if (hasColor) line.Append(Palette.Of(name));
            line.Append(Cell(TerminalText.Clean(name), values[1], graph.Total, right - left));
            if (hasColor) line.Append(Palette.Reset);
            column = right;
            any = true;
        }
        return any;
    }

    private static int Column(long value, long total, int width) =>
        total <= 0 ? 0 : (int)Math.Round((double)value / total * width, MidpointRounding.AwayFromZero);

    /// <summary>Name and share where both fit, else as much of the name as does.</summary>
    private static string Cell(string name, long value, long total, int width)
    {
        var room = width - 1;
        var share = " " + Share(value, total);
        var text = name.Length + share.Length <= room ? name + share
            : room >= share.Length + 8 ? TerminalText.Fit(name, room - share.Length) + share
            : room >= 3 || name.Length <= room ? TerminalText.Fit(name, room)
            : "";
        return (Border + text).PadRight(width);
    }

    private static string Share(long value, long total) => $"{100.0 * value / total:0.#}%";
}
