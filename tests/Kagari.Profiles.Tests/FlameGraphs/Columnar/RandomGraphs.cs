using System.Buffers;

namespace Kagari.Profiles.Tests.FlameGraphs.Columnar;

/// <summary>Columnar graphs of chance, from a seed that tests print.</summary>
internal static class RandomGraphs
{
    public static ColumnarGraph Make(Random random)
    {
        var tree = RandomTrees.Make(random, random.Next(1, 40));
        var maxNodes = random.Next(20);
        if (random.Next(4) == 0 && ColumnarGraph.TryBuildDiff(tree, RandomTrees.Make(random, random.Next(20)), [], maxNodes, out var diff)) return diff;
        if (random.Next(3) == 0) return ColumnarGraph.Build(FunctionSandwich.Build(tree, "work"), maxNodes);
        return random.Next(2) == 0 && ColumnarGraph.TryBuild(tree, ["main"], maxNodes, out var below) ? below : ColumnarGraph.Build(tree, maxNodes);
    }

    public static byte[] Write(ColumnarGraph graph)
    {
        var bytes = new ArrayBufferWriter<byte>();
        ColumnarWriter.Write(graph, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
