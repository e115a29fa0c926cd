using System.Globalization;
using Google.Protobuf;
using Kagari.Profiles;
using Kagari.Server.Rpc;
using Kagari.Wire.Querier;
using FlameGraphMessage = Kagari.Wire.Querier.FlameGraph;
using FlameGraphView = Kagari.Profiles.FlameGraph;

namespace Kagari.Server.Querying;

/// <summary>Merged trees as the formats that clients ask for.</summary>
internal static class TreeViews
{
    public static FlameGraphMessage FlameGraph(FunctionTree tree, int maxNodes)
    {
        var graph = FlameGraphView.Build(tree, maxNodes);
        var message = new FlameGraphMessage { Total = graph.Total, MaxSelf = graph.MaxSelf };
        message.Names.AddRange(graph.Names);
        for (var level = 0; level < graph.LevelCount; level++) message.Levels.Add(Level(graph.Level(level)));
        return message;
    }

    public static Wire.Querier.FlameGraphDiff Diff(FunctionTree left, FunctionTree right, int maxNodes)
    {
        var graph = Profiles.FlameGraphDiff.Build(left, right, maxNodes);
        var message = new Wire.Querier.FlameGraphDiff
        {
            Total = graph.Total,
            MaxSelf = graph.MaxSelf,
            LeftTicks = graph.LeftTicks,
            RightTicks = graph.RightTicks,
        };
        message.Names.AddRange(graph.Names);
        for (var level = 0; level < graph.LevelCount; level++) message.Levels.Add(Level(graph.Level(level)));
        return message;
    }

    public static ByteString Bytes(FunctionTree tree, int maxNodes)
    {
        using var buffer = new PooledBuffer();
        TreeBytes.Write(tree, maxNodes, buffer);
        return ByteString.CopyFrom(buffer.WrittenMemory.Span);
    }

    /// <summary>Graphviz text; empty where there is no data.</summary>
    public static string Dot(FunctionTree tree, int maxNodes, ProfileTypeId type)
    {
        if (tree.Count == 1) return "";
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        DotWriter.Write(tree, maxNodes, type.SampleType, type.SampleUnit, text);
        return text.ToString();
    }

    private static Level Level(ReadOnlySpan<long> values)
    {
        var level = new Level();
        level.Values.Capacity = values.Length;
        foreach (var value in values) level.Values.Add(value);
        return level;
    }
}
