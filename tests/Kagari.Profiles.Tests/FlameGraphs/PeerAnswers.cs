using System.IO.Compression;
using System.Text.Json;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs;

/// <summary>Recorded answers of a real Pyroscope 2.2.1 (shared data, contract/ and contract-formats/).</summary>
internal static class PeerAnswers
{
    /// <summary>The answer to one question, parsed.</summary>
    public static JsonElement Read(string folder, string name)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(Repository.Shared(folder), "cases", name + ".json.gz")), CompressionMode.Decompress);
        using var recorded = JsonDocument.Parse(file);
        using var answer = JsonDocument.Parse(recorded.RootElement.GetProperty("response").GetString()!);
        return answer.RootElement.Clone();
    }

    /// <summary>Names of all answers that begin so.</summary>
    public static IEnumerable<string> Names(string folder, string prefix) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Shared(folder), "cases"), prefix + "*.json.gz")
            .Select(path => Path.GetFileName(path)[..^".json.gz".Length])
            .Order(StringComparer.Ordinal);

    public static string[] NamesOf(JsonElement flameGraph) =>
        [.. flameGraph.GetProperty("names").EnumerateArray().Select(n => n.GetString()!)];

    /// <summary>Levels of the Connect form (<c>{"values":["1"]}</c>) and of the render form (<c>[1]</c>).</summary>
    public static long[][] LevelsOf(JsonElement flameGraph) =>
        [.. flameGraph.GetProperty("levels").EnumerateArray().Select(level =>
            (level.ValueKind == JsonValueKind.Object ? level.GetProperty("values") : level)
                .EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? long.Parse(v.GetString()!) : v.GetInt64()).ToArray())];

    /// <summary>The tree that levels draw; <paramref name="side"/> 1 is the right one of a comparison.</summary>
    public static FunctionTree TreeOf(string[] names, long[][] levels, int size, int side = 0)
    {
        var tree = new FunctionTree();
        var above = new List<(long End, long RightEnd, int Node)>();
        for (var level = 0; level < levels.Length; level++)
        {
            // Children lie within their parent on both sides; a node that is nothing on one side is something on the other.
            var row = new List<(long End, long RightEnd, int Node)>();
            long end = 0, rightEnd = 0;
            var parent = 0;
            for (var i = 0; i < levels[level].Length; i += size)
            {
                var values = levels[level].AsSpan(i, size);
                end += values[0] + values[1];
                if (size == FlameGraphDiff.NodeSize) rightEnd += values[3] + values[4];
                while (level > 0 && (above[parent].End < end || above[parent].RightEnd < rightEnd)) parent++;
                var node = level == 0 ? 0 : tree.Child(above[parent].Node, tree.Names.Intern(names[values[size - 1]]));
                tree.Add(node, values[(3 * side) + 2]);
                row.Add((end, rightEnd, node));
            }
            above = row;
        }
        return tree;
    }
}
