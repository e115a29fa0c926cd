using System.Buffers;
using System.Buffers.Text;

namespace Kagari.Profiles;

/// <summary>Writes a tree as folded stacks, <c>root;caller;leaf 12</c>: what <see cref="FoldedReader"/> reads.</summary>
/// <remarks>
/// One line per node with self above 0, a caller before what it calls, siblings in byte-wise order of names.
/// Characters that the format gives a meaning are replaced in names: <c>;</c> by <c>:</c>, line ends by spaces.
/// </remarks>
public static class CollapsedWriter
{
    private static readonly SearchValues<byte> s_special = SearchValues.Create(";\r\n"u8);

    /// <summary>Writes all stacks, UTF-8, each line ended by <c>\n</c>.</summary>
    public static void Write(FunctionTree tree, IBufferWriter<byte> output)
    {
        var totals = ArrayPool<long>.Shared.Rent(tree.Count);
        tree.ComputeTotals(totals.AsSpan(0, tree.Count));
        using var kept = KeptTree.Build(tree, totals.AsSpan(0, tree.Count), 0, sumsOthers: false);
        ArrayPool<long>.Shared.Return(totals);

        var writer = new WireWriter(output);
        var path = default(FlatList<byte>);
        Span<byte> digits = stackalloc byte[24];
        var open = new Stack<(int Node, int PathBytes)>();   // bytes of the parent's path
        open.Push((0, 0));
        while (open.TryPop(out var at))
        {
            var node = kept.Nodes[at.Node];
            path.Truncate(at.PathBytes);
            if (at.Node > 0)
            {
                if (at.PathBytes > 0 || tree.Parents[node] != 0) path.Add((byte)';');
                AppendName(ref path, tree.Names[tree.NameIds[node]]);
            }
            if (tree.Selfs[node] > 0)
            {
                writer.Bytes(path.Span);
                writer.Bytes(" "u8);
                Utf8Formatter.TryFormat(tree.Selfs[node], digits, out var length);
                writer.Bytes(digits[..length]);
                writer.Bytes("\n"u8);
            }
            for (var child = kept.FirstChild[at.Node + 1] - 1; child >= kept.FirstChild[at.Node]; child--) open.Push((child, path.Count));
        }
        writer.Flush();
    }

    private static void AppendName(ref FlatList<byte> path, ReadOnlySpan<byte> name)
    {
        var start = path.Count;
        path.AddRange(name);
        var added = path.Span[start..];
        for (int at; (at = added.IndexOfAny(s_special)) >= 0; added = added[(at + 1)..])
            added[at] = added[at] == (byte)';' ? (byte)':' : (byte)' ';
    }
}
