using System.Buffers;

namespace Kagari.Profiles;

/// <summary>Writes a <see cref="ColumnarGraph"/> as bytes; <see cref="ColumnarReader"/> reads them.</summary>
/// <remarks>Drawn byte by byte in docs/formats/columnar.md.</remarks>
public static class ColumnarWriter
{
    /// <summary>The format's version.</summary>
    public const byte Version = 1;

    /// <summary>The media type of the bytes.</summary>
    public const string MediaType = "application/vnd.kagari.columnar";

    internal static ReadOnlySpan<byte> Magic => "KGCT"u8;

    /// <summary>Writes all trees.</summary>
    public static void Write(ColumnarGraph graph, IBufferWriter<byte> output)
    {
        var writer = new WireWriter(output);
        writer.Bytes(Magic);
        writer.Reserve(2);
        writer.Byte(Version);
        writer.Byte((byte)graph.Trees.Count);
        WriteNames(ref writer, graph.Names);
        foreach (var tree in graph.Trees) WriteTree(ref writer, tree);
        writer.Flush();
    }

    /// <summary>Names share long beginnings with the one before (<c>runtime.</c>, <c>github.com/…</c>), which is not written again.</summary>
    private static void WriteNames(ref WireWriter writer, NameTable names)
    {
        ulong bytes = 0;
        for (var name = 0; name < names.Count; name++) bytes += (uint)names[name].Length;
        Number(ref writer, (uint)names.Count);
        Number(ref writer, bytes);
        ReadOnlySpan<byte> last = default;
        for (var id = 0; id < names.Count; id++)
        {
            var name = names[id];
            var shared = name.CommonPrefixLength(last);
            Number(ref writer, (uint)shared);
            Number(ref writer, (uint)(name.Length - shared));
            writer.Bytes(name[shared..]);
            last = name;
        }
    }

    private static void WriteTree(ref WireWriter writer, ColumnarTree tree)
    {
        Number(ref writer, (uint)tree.Ancestors.Length);
        foreach (var ancestor in tree.Ancestors)
        {
            Number(ref writer, (uint)(ancestor.Name + 1));
            Number(ref writer, (ulong)ancestor.Self);
            Number(ref writer, (ulong)ancestor.Total);
        }

        Number(ref writer, (uint)tree.Count);
        var depths = tree.Depths;
        for (var node = 1; node < depths.Length; node++) Number(ref writer, (uint)(depths[node - 1] + 1 - depths[node]));
        foreach (var name in tree.NameIds) Number(ref writer, (uint)(name + 1));
        foreach (var self in tree.Selfs) Number(ref writer, (ulong)self);
        foreach (var total in tree.Totals) Number(ref writer, (ulong)total);

        var folded = tree.FoldedNodes;
        Number(ref writer, (uint)(folded.Length - folded.Count(0)));
        for (int node = 0, next = 0; node < folded.Length; node++)
        {
            if (folded[node] == 0) continue;
            Number(ref writer, (uint)(node - next));
            Number(ref writer, (uint)folded[node]);
            next = node + 1;
        }
    }

    private static void Number(ref WireWriter writer, ulong value)
    {
        writer.Reserve(WireWriter.VarintBytesMax);
        writer.Varint(value);
    }
}
