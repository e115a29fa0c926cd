using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The lines section: what stacks have beyond function names.</summary>
/// <remarks>
/// <code>
/// strings     front-coded: system names, files, build ids; string 0 is empty
/// functions   per name: count | each: system name, file, start line &lt;&lt; 1 | is address
/// mappings    count | each: start, limit, offset, file, build id, flags
/// locations   per name: count | each: function among those of the name, zigzag line − line of the one before,
///             column, mapping + 1, address, more lines | each more line: function, zigzag line, column
/// stacks      each but the root: parent among the stacks of its tree node, location among those of its name
/// </code>
/// The name of a stack's tree node names its innermost function, so its location is one of that name's, mostly of few.
/// The tree node of its parent is as many levels up as the location has lines.
/// </remarks>
internal static class LinesCodec
{
    public static void Encode(BlockSymbols symbols, ref FlatList<byte> output)
    {
        var table = symbols.Table;
        var rankOf = EncodeStrings(symbols, ref output);

        for (var name = 0; name < symbols.Names.Length; name++) output.AddVarint(symbols.FirstFunctions[name + 1] - symbols.FirstFunctions[name]);
        foreach (var id in symbols.Functions) output.AddVarint(rankOf[table.Functions[id].SystemName]);
        foreach (var id in symbols.Functions) output.AddVarint(rankOf[table.Functions[id].FileName]);
        foreach (var id in symbols.Functions)
            output.AddVarint(((ulong)Math.Max(0, table.Functions[id].StartLine) << 1) | (table.Functions[id].IsAddress ? 1u : 0u));

        output.AddVarint(table.Mappings.Count);
        foreach (ref readonly var m in table.Mappings.Span)
        {
            output.AddVarint(m.MemoryStart);
            output.AddVarint(m.MemoryLimit);
            output.AddVarint(m.FileOffset);
            output.AddVarint(rankOf[m.FileName]);
            output.AddVarint(rankOf[m.BuildId]);
            output.AddVarint(m.Flags);
        }

        EncodeLocations(symbols, ref output);
        EncodeStacks(symbols, ref output);
    }

    /// <summary>Reads the section; null where it is damaged.</summary>
    public static SymbolView? TryDecode(ReadOnlySpan<byte> bytes, NameView names, BlockTree tree)
    {
        var cursor = new ByteCursor(bytes);
        var nameCount = names.Ends.Length;
        var (texts, ends) = (new FlatList<byte>(), new FlatList<int>());
        texts.AddRange(names.Bytes.Span);
        ends.AddRange(names.Ends.Span);
        FrontCoding.Decode(ref cursor, ref texts, ref ends, Array.MaxLength);
        var stringCount = ends.Count - nameCount;
        if (cursor.Failed || stringCount < 1) return null;

        var functions = DecodeFunctions(ref cursor, nameCount, stringCount, out var firstFunctions);
        var mappings = new MappingRow[cursor.ReadInt32(cursor.Remaining)];
        foreach (ref var m in mappings.AsSpan())
        {
            m = new MappingRow(
                cursor.ReadVarint(), cursor.ReadVarint(), cursor.ReadVarint(),
                nameCount + cursor.ReadInt32(stringCount - 1), nameCount + cursor.ReadInt32(stringCount - 1), cursor.ReadInt32());
        }
        if (cursor.Failed) return null;
        var lines = new FlatList<LineRow>();
        var locations = DecodeLocations(ref cursor, functions.Length, firstFunctions, mappings.Length, ref lines, out var firstLocations);
        if (cursor.Failed) return null;
        var nodes = DecodeStacks(ref cursor, tree, locations, firstLocations);
        if (nodes is null || cursor.Failed || !cursor.AtEnd) return null;

        // Hashes of the further strings complete those of the names.
        var hashes = new ulong[ends.Count];
        names.Hashes.Span.CopyTo(hashes);
        for (var i = nameCount; i < hashes.Length; i++) hashes[i] = XxHash64.Of((ReadOnlySpan<byte>)texts.Span[(i == 0 ? 0 : ends[i - 1])..ends[i]]);
        return new SymbolView(new NameView(texts.Memory, ends.Memory, hashes), functions, mappings, locations, lines.Memory, nodes);
    }

    private static int[] EncodeStrings(BlockSymbols symbols, ref FlatList<byte> output)
    {
        var table = symbols.Table;
        var strings = table.Strings;
        var empty = strings.Intern([]);
        var rankOf = new int[strings.Count];
        Array.Fill(rankOf, -1);
        var used = new FlatList<int>();
        void Use(int id)
        {
            if (rankOf[id] >= 0) return;
            rankOf[id] = 0;
            used.Add(id);
        }
        Use(empty);
        foreach (ref readonly var f in table.Functions.Span)
        {
            Use(f.SystemName);
            Use(f.FileName);
        }
        foreach (ref readonly var m in table.Mappings.Span)
        {
            Use(m.FileName);
            Use(m.BuildId);
        }
        var sorted = used.Span.ToArray();
        Array.Sort(sorted, (a, b) => strings[a].SequenceCompareTo(strings[b]));
        for (var rank = 0; rank < sorted.Length; rank++) rankOf[sorted[rank]] = rank;
        FrontCoding.Encode(sorted.Length, i => strings[sorted[i]], ref output);
        return rankOf;
    }

    private static void EncodeLocations(BlockSymbols symbols, ref FlatList<byte> output)
    {
        var table = symbols.Table;
        for (var name = 0; name < symbols.Names.Length; name++) output.AddVarint(symbols.FirstLocations[name + 1] - symbols.FirstLocations[name]);
        var last = 0L;
        for (var name = 0; name < symbols.Names.Length; name++)
        {
            for (var i = symbols.FirstLocations[name]; i < symbols.FirstLocations[name + 1]; i++)
            {
                var line = table.LinesOf(table.Locations[symbols.Locations[i]])[0];
                output.AddVarint(symbols.PlaceOfFunction[line.Function] - symbols.FirstFunctions[name]);
                output.AddZigZag(unchecked(line.LineNumber - last));
                last = line.LineNumber;
            }
        }
        foreach (var id in symbols.Locations) output.AddVarint(table.LinesOf(table.Locations[id])[0].Column);
        foreach (var id in symbols.Locations) output.AddVarint(table.Locations[id].Mapping + 1);
        foreach (var id in symbols.Locations) output.AddVarint(table.Locations[id].Address);
        foreach (var id in symbols.Locations) output.AddVarint(table.Locations[id].LineCount - 1);
        foreach (var id in symbols.Locations)
        {
            foreach (ref readonly var line in table.LinesOf(table.Locations[id])[1..])
            {
                output.AddVarint(symbols.PlaceOfFunction[line.Function]);
                output.AddZigZag(line.LineNumber);
                output.AddVarint(line.Column);
            }
        }
    }

    private static void EncodeStacks(BlockSymbols symbols, ref FlatList<byte> output)
    {
        var nodeOfStack = new int[symbols.StackCount];
        for (var node = 0; node < symbols.TreeParents.Length; node++)
            nodeOfStack.AsSpan(symbols.FirstStacks[node], symbols.FirstStacks[node + 1] - symbols.FirstStacks[node]).Fill(node);
        for (var stack = 1; stack < symbols.StackCount; stack++)
        {
            var parent = symbols.StackParents[stack];
            output.AddVarint(parent - symbols.FirstStacks[nodeOfStack[parent]]);
        }
        for (var stack = 1; stack < symbols.StackCount; stack++)
            output.AddVarint(symbols.StackLocations[stack] - symbols.FirstLocations[symbols.TreeNames[nodeOfStack[stack]]]);
    }

    private static FunctionRow[] DecodeFunctions(ref ByteCursor cursor, int nameCount, int stringCount, out int[] firsts)
    {
        firsts = DecodeFirsts(ref cursor, nameCount);
        var functions = new FunctionRow[firsts[^1]];
        for (var name = 0; name < nameCount; name++)
            for (var i = firsts[name]; i < firsts[name + 1]; i++) functions[i] = new FunctionRow(name, 0, 0, 0, IsAddress: false);
        foreach (ref var f in functions.AsSpan()) f = f with { SystemName = nameCount + cursor.ReadInt32(stringCount - 1) };
        foreach (ref var f in functions.AsSpan()) f = f with { FileName = nameCount + cursor.ReadInt32(stringCount - 1) };
        foreach (ref var f in functions.AsSpan())
        {
            var line = cursor.ReadVarint();
            f = f with { StartLine = (long)(line >> 1), IsAddress = (line & 1) != 0 };
        }
        return functions;
    }

    private static LocationRow[] DecodeLocations(
        ref ByteCursor cursor, int functionCount, int[] firstFunctions, int mappingCount, ref FlatList<LineRow> lines, out int[] firsts)
    {
        firsts = DecodeFirsts(ref cursor, firstFunctions.Length - 1);
        var locations = new LocationRow[firsts[^1]];
        var innermost = new LineRow[locations.Length];
        var last = 0L;
        for (var name = 0; name < firsts.Length - 1; name++)
        {
            for (var i = firsts[name]; i < firsts[name + 1]; i++)
            {
                var function = firstFunctions[name] + cursor.ReadInt32(firstFunctions[name + 1] - firstFunctions[name] - 1);
                last = unchecked(last + cursor.ReadZigZag());
                innermost[i] = new LineRow(function, 0, last);
            }
        }
        foreach (ref var line in innermost.AsSpan()) line = line with { Column = cursor.ReadInt32() };
        foreach (ref var l in locations.AsSpan()) l = l with { Mapping = cursor.ReadInt32(mappingCount) - 1 };
        foreach (ref var l in locations.AsSpan()) l = l with { Address = cursor.ReadVarint() };
        foreach (ref var l in locations.AsSpan()) l = l with { LineCount = 1 + cursor.ReadInt32(cursor.Remaining) };
        for (var i = 0; i < locations.Length && !cursor.Failed; i++)
        {
            locations[i] = locations[i] with { LineStart = lines.Count };
            lines.Add(innermost[i]);
            for (var line = 1; line < locations[i].LineCount && !cursor.Failed; line++)
            {
                var function = cursor.ReadInt32(functionCount - 1);
                var number = cursor.ReadZigZag();
                lines.Add(new LineRow(function, cursor.ReadInt32(), number));
            }
        }
        return locations;
    }

    private static StackNode[]? DecodeStacks(ref ByteCursor cursor, BlockTree tree, LocationRow[] locations, int[] firstLocations)
    {
        var count = tree.NodeOfStack.Length;
        var firstStacks = new int[tree.Parents.Length + 1];
        foreach (var node in tree.NodeOfStack) firstStacks[node + 1]++;
        for (var i = 0; i < tree.Parents.Length; i++) firstStacks[i + 1] += firstStacks[i];
        if (count == 0 || firstStacks[1] != 1) return null;
        var nodes = new StackNode[count];
        nodes[0] = new StackNode(-1, -1);
        for (var stack = 1; stack < count; stack++) nodes[stack] = new StackNode(cursor.ReadInt32(), 0);
        for (var stack = 1; stack < count && !cursor.Failed; stack++)
        {
            var node = tree.NodeOfStack[stack];
            var name = tree.Names[node];
            var location = firstLocations[name] + cursor.ReadInt32(firstLocations[name + 1] - firstLocations[name] - 1);
            if (cursor.Failed) return null;
            var parentNode = node;
            for (var up = locations[location].LineCount; up > 0 && parentNode >= 0; up--) parentNode = tree.Parents[parentNode];
            if (parentNode < 0 || nodes[stack].Parent >= firstStacks[parentNode + 1] - firstStacks[parentNode]) return null;
            nodes[stack] = new StackNode(firstStacks[parentNode] + nodes[stack].Parent, location);
        }
        return nodes;
    }

    private static int[] DecodeFirsts(ref ByteCursor cursor, int count)
    {
        var firsts = new int[count + 1];
        for (var i = 0; i < count; i++)
        {
            // Every entry takes a byte at least, which bounds what is allocated for them.
            firsts[i + 1] = firsts[i] + cursor.ReadInt32(cursor.Remaining - firsts[i]);
        }
        if (cursor.Failed) Array.Clear(firsts);
        return firsts;
    }
}
