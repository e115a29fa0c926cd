using System.Text;

namespace Kagari.Profiles;

/// <summary>Writes a call graph for Graphviz (<c>dot -Tsvg</c>), in the shape that readers of <c>pprof -dot</c> know.</summary>
/// <remarks>
/// Language: graphviz.org/doc/info/lang.html. A node is a function with its own (flat) and its whole (cumulative)
/// value and their part of all; letters grow with flat, colour with cumulative. An edge is a call with the value of
/// the stacks that have it, dotted where functions between were left out. Equal trees give equal text.
/// </remarks>
public static class DotWriter
{
    private const double FontMin = 8, FontMax = 24, PenMax = 5;

    /// <summary>Writes the graph; nothing at all where the tree is empty, as the peer answers.</summary>
    /// <param name="tree">Not changed.</param>
    /// <param name="maxNodes">Functions that are drawn, those with the largest cumulative values; 0: all.</param>
    /// <param name="sampleType">For the legend, as <c>cpu</c>.</param>
    /// <param name="unit">As sample types name it; see <see cref="ValueText.Format"/>.</param>
    /// <param name="output">Gets the text; lines end with <c>\n</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static void Write(FunctionTree tree, int maxNodes, string sampleType, string unit, TextWriter output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxNodes);
        var graph = CallGraph.Build(tree, maxNodes);
        var total = graph.Table.Total;
        if (total <= 0) return;

        output.Write($"digraph \"{Escape(sampleType)}\" {{\n");
        output.Write("node [style=filled fillcolor=\"#f8f8f8\"]\n");
        WriteLegend(graph, sampleType, unit, output);
        var selfMax = Math.Max(1, graph.Functions.Length > 0 ? graph.Functions[0].Self : 1);
        for (var i = 0; i < graph.Functions.Length; i++) WriteFunction(graph, i, selfMax, unit, output);
        foreach (var edge in graph.Edges) WriteEdge(graph, edge, unit, output);
        output.Write("}\n");
    }

    private static void WriteLegend(CallGraph graph, string sampleType, string unit, TextWriter output)
    {
        var shown = 0L;
        foreach (var function in graph.Functions) shown += function.Self;
        var total = graph.Table.Total;
        output.Write(
            $"subgraph cluster_L {{ \"Type: {Escape(sampleType)}\" [shape=box fontsize=16 label=\"Type: {Escape(sampleType)}\\l"
            + $"Nodes account for {ValueText.Format(shown, unit)}, {ValueText.Percent(shown, total)} of {ValueText.Format(total, unit)} total\\l"
            + $"Showing {graph.Functions.Length} of {graph.Table.Rows.Length} functions\\l\"] }}\n");
    }

    private static void WriteFunction(CallGraph graph, int index, long selfMax, string unit, TextWriter output)
    {
        var function = graph.Functions[index];
        var total = graph.Table.Total;
        var name = Escape(graph.Table.Names.GetString(function.Name));
        var flat = ValueText.Format(function.Self, unit);
        var cumulative = ValueText.Format(function.Total, unit);
        var label = $"{name}\\n{flat} ({ValueText.Percent(function.Self, total)})";
        if (function.Total != function.Self) label += $"\\nof {cumulative} ({ValueText.Percent(function.Total, total)})";
        var fontSize = FontMin + ((FontMax - FontMin) * Math.Sqrt((double)function.Self / selfMax));
        var share = (double)function.Total / total;
        output.Write(
            $"N{index + 1} [label=\"{label}\" id=\"node{index + 1}\" fontsize={fontSize:0} shape=box "
            + $"tooltip=\"{name} ({cumulative})\" color=\"{LineColour(share)}\" fillcolor=\"{FillColour(share)}\"]\n");
    }

    private static void WriteEdge(CallGraph graph, CallEdge edge, string unit, TextWriter output)
    {
        var share = (double)edge.Weight / graph.Table.Total;
        var caller = Escape(graph.Table.Names.GetString(graph.Functions[edge.Caller].Name));
        var callee = Escape(graph.Table.Names.GetString(graph.Functions[edge.Callee].Name));
        var weight = ValueText.Format(edge.Weight, unit);
        var arrow = edge.IsResidual ? "..." : "->";
        var style = edge.IsResidual ? " style=\"dotted\"" : "";
        output.Write(
            $"N{edge.Caller + 1} -> N{edge.Callee + 1} [label=\" {weight}\" weight={1 + (int)(100 * share)} penwidth={1 + (PenMax * share):0.##} "
            + $"color=\"{LineColour(share)}\" tooltip=\"{caller} {arrow} {callee} ({weight})\" labeltooltip=\"{caller} {arrow} {callee} ({weight})\"{style}]\n");
    }

    /// <summary>From grey for a small part to red for all: lines and borders.</summary>
    private static string LineColour(double share) => Heat(share, 178, 0.95);

    /// <summary>The same, pale enough for letters on it.</summary>
    private static string FillColour(double share) => Heat(share, 237, 0.15);

    private static string Heat(double share, int brightness, double redness)
    {
        // The root, so that 1% can still be told from nothing.
        var other = (int)(brightness * (1 - (redness * Math.Sqrt(Math.Clamp(share, 0, 1)))));
        return $"#{brightness:x2}{other:x2}{other:x2}";
    }

    /// <summary>Inside a quoted string of the language, backslash and quote need one; control characters have no meaning there.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '"' or '\\') escaped.Append('\\').Append(c);
            else escaped.Append(char.IsControl(c) ? ' ' : c);
        }
        return escaped.ToString();
    }
}
