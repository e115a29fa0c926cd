using System.Text;

namespace Kagari.Profiles.Tests.FlameGraphs;

/// <summary>Levels as text: <c>total 0+6/0 || a 0+4/1 b 0+2/2</c> is gap + total / self, per node.</summary>
internal static class LevelDrawing
{
    public static string Draw(FlameGraph graph) => Draw(graph.LevelCount, graph.Level, FlameGraph.NodeSize, graph.Names);

    public static string Draw(FlameGraphDiff graph) => Draw(graph.LevelCount, graph.Level, FlameGraphDiff.NodeSize, graph.Names);

    private delegate ReadOnlySpan<long> LevelSource(int level);

    private static string Draw(int levels, LevelSource source, int size, IReadOnlyList<string> names)
    {
        var text = new StringBuilder();
        for (var level = 0; level < levels; level++)
        {
            if (level > 0) text.Append(" ||");
            for (var rest = source(level); rest.Length > 0; rest = rest[size..])
            {
                if (text.Length > 0) text.Append(' ');
                text.Append(names[(int)rest[size - 1]]);
                for (var side = 0; side + 3 < size; side += 3) text.Append($" {rest[side]}+{rest[side + 1]}/{rest[side + 2]}");
            }
        }
        return text.ToString();
    }
}
