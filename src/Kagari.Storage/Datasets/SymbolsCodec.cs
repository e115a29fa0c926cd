using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>How far a chain's tables have been stored: counts of each list.</summary>
internal readonly record struct SymbolMarks(int Strings, int Functions, int Mappings, int Locations, int Lines, int Nodes)
{
    /// <summary>Nothing stored yet; the root node is known to all.</summary>
    public static SymbolMarks Start { get; } = new(0, 0, 0, 0, 0, 1);

    public static SymbolMarks Of(SymbolTable table) => new(
        table.Strings.Count, table.Functions.Count, table.Mappings.Count, table.Locations.Count, table.Lines.Count, table.Nodes.Count);
}

/// <summary>The symbols section: the rows of a <see cref="SymbolTable"/> that are new since the last segment of the chain.</summary>
/// <remarks>docs/formats/segment.md, section "Symbols", draws the bytes; keep both in step.</remarks>
internal static class SymbolsCodec
{
    public static void Encode(SymbolTable table, SymbolMarks from, SymbolMarks to, ref FlatList<byte> output)
    {
        EncodeRange(ref output, from.Strings, to.Strings);
        for (var i = from.Strings; i < to.Strings; i++) output.AddVarint(table.Strings[i].Length);
        for (var i = from.Strings; i < to.Strings; i++) output.AddRange(table.Strings[i]);

        EncodeRange(ref output, from.Functions, to.Functions);
        foreach (ref readonly var f in table.Functions.Span[from.Functions..to.Functions])
        {
            output.AddVarint(f.Name);
            output.AddVarint(f.SystemName);
            output.AddVarint(f.FileName);
            output.AddVarint(((ulong)Math.Max(0, f.StartLine) << 1) | (f.IsAddress ? 1u : 0u));
        }

        EncodeRange(ref output, from.Mappings, to.Mappings);
        foreach (ref readonly var m in table.Mappings.Span[from.Mappings..to.Mappings])
        {
            output.AddVarint(m.MemoryStart);
            output.AddVarint(m.MemoryLimit);
            output.AddVarint(m.FileOffset);
            output.AddVarint(m.FileName);
            output.AddVarint(m.BuildId);
            output.AddVarint(m.Flags);
        }

        EncodeRange(ref output, from.Locations, to.Locations);
        foreach (ref readonly var location in table.Locations.Span[from.Locations..to.Locations])
        {
            output.AddVarint(location.Mapping + 1);
            output.AddVarint(location.Address);
            output.AddVarint(location.LineCount);
            foreach (ref readonly var line in table.LinesOf(location))
            {
                output.AddVarint(line.Function);
                output.AddZigZag(line.LineNumber);
                output.AddVarint(line.Column);
            }
        }

        EncodeRange(ref output, from.Nodes, to.Nodes);
        for (var node = from.Nodes; node < to.Nodes; node++)
        {
            // Parents come first and mostly just before, so the distance is small.
            output.AddVarint(node - table.Nodes[node].Parent);
            output.AddVarint(table.Nodes[node].Location);
        }
    }

    /// <summary>
    /// Appends a section to the tables of its chain, and its stacks, which follow the first <paramref name="nodeCount"/>
    /// of the chain, to <paramref name="nodes"/>; false where it is not the next one or refers to what is not there.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, SymbolTable table, int nodeCount, ref FlatList<StackNode> nodes)
    {
        var cursor = new ByteCursor(bytes);
        return DecodeStrings(ref cursor, table.Strings)
            && DecodeFunctions(ref cursor, table)
            && DecodeMappings(ref cursor, table)
            && DecodeLocations(ref cursor, table)
            && DecodeNodes(ref cursor, table.Locations.Count - 1, nodeCount, ref nodes)
            && cursor.AtEnd && !cursor.Failed;
    }

    private static void EncodeRange(ref FlatList<byte> output, int from, int to)
    {
        output.AddVarint(from);
        output.AddVarint(to - from);
    }

    private static bool DecodeRange(ref ByteCursor cursor, int known, out int count)
    {
        var from = cursor.ReadInt32();
        // Every entry takes at least one byte, which bounds what is allocated for it.
        count = cursor.ReadInt32(cursor.Remaining);
        return !cursor.Failed && from == known;
    }

    private static bool DecodeStrings(ref ByteCursor cursor, NameTable strings)
    {
        if (!DecodeRange(ref cursor, strings.Count, out var count)) return false;
        var lengths = cursor;
        for (var i = 0; i < count; i++) cursor.ReadVarint();
        for (var i = 0; i < count; i++)
            if (strings.Intern(cursor.Take(lengths.ReadInt32())) != strings.Count - 1) return false;
        return !cursor.Failed;
    }

    private static bool DecodeFunctions(ref ByteCursor cursor, SymbolTable table)
    {
        if (!DecodeRange(ref cursor, table.Functions.Count, out var count)) return false;
        var last = table.Strings.Count - 1;
        for (var i = 0; i < count; i++)
        {
            var (name, system, file) = (cursor.ReadInt32(last), cursor.ReadInt32(last), cursor.ReadInt32(last));
            var line = cursor.ReadVarint();
            table.Functions.Add(new FunctionRow(name, system, file, (long)(line >> 1), (line & 1) != 0));
        }
        return !cursor.Failed;
    }

    private static bool DecodeMappings(ref ByteCursor cursor, SymbolTable table)
    {
        if (!DecodeRange(ref cursor, table.Mappings.Count, out var count)) return false;
        var last = table.Strings.Count - 1;
        for (var i = 0; i < count; i++)
        {
            table.Mappings.Add(new MappingRow(
                cursor.ReadVarint(), cursor.ReadVarint(), cursor.ReadVarint(), cursor.ReadInt32(last), cursor.ReadInt32(last), cursor.ReadInt32()));
        }
        return !cursor.Failed;
    }

    private static bool DecodeLocations(ref ByteCursor cursor, SymbolTable table)
    {
        if (!DecodeRange(ref cursor, table.Locations.Count, out var count)) return false;
        var lastFunction = table.Functions.Count - 1;
        for (var i = 0; i < count && !cursor.Failed; i++)
        {
            var mapping = cursor.ReadInt32(table.Mappings.Count) - 1;
            var address = cursor.ReadVarint();
            var lines = cursor.ReadInt32(cursor.Remaining);
            table.Locations.Add(new LocationRow(mapping, table.Lines.Count, lines, address));
            for (var l = 0; l < lines; l++)
            {
                var function = cursor.ReadInt32(lastFunction);
                var line = cursor.ReadZigZag();
                table.Lines.Add(new LineRow(function, cursor.ReadInt32(), line));
            }
        }
        return !cursor.Failed;
    }

    private static bool DecodeNodes(ref ByteCursor cursor, int lastLocation, int nodeCount, ref FlatList<StackNode> nodes)
    {
        if (!DecodeRange(ref cursor, nodeCount, out var count)) return false;
        for (var node = nodeCount; node < nodeCount + count && !cursor.Failed; node++)
        {
            var distance = cursor.ReadInt32(node);
            if (distance == 0) return false;
            nodes.Add(new StackNode(node - distance, cursor.ReadInt32(lastLocation)));
        }
        return !cursor.Failed;
    }
}
