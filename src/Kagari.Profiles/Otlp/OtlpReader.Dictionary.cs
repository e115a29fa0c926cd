namespace Kagari.Profiles;

// The tables that all profiles of a request share. Entries are kept as they come; what they refer to is checked when a
// profile needs them, so that a bad entry costs only the profiles that use it.
public sealed partial class OtlpReader
{
    private FlatList<OtlpMapping> _mappings;
    private FlatList<OtlpLocation> _locations;
    private FlatList<OtlpLine> _lines;
    private FlatList<Function> _functions;
    private FlatList<OtlpLink> _links;
    private FlatList<StringRange> _strings;
    private FlatList<OtlpAttribute> _attributes;
    private FlatList<StringRange> _stacks;   // ranges of _indexes
    private FlatList<int> _indexes;          // locations of stacks and attributes of mappings

    private void ClearTables()
    {
        _profiles.Clear();
        _resources.Clear();
        _scopes.Clear();
        _dictionaries.Clear();
        _mappings.Clear();
        _locations.Clear();
        _lines.Clear();
        _functions.Clear();
        _links.Clear();
        _strings.Clear();
        _attributes.Clear();
        _stacks.Clear();
        _indexes.Clear();
    }

    private void ReadDictionary(ref ProtoCursor outer, int start, int end)
    {
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType) && !_error.IsError)
        {
            if (wireType != ProtoCursor.Bytes || field > 7)
            {
                cursor.Skip(wireType);
                continue;
            }
            cursor.ReadLength(out var from, out var to);
            if (cursor.Failed) break;
            switch (field)
            {
                case 1: ReadMapping(ref cursor, from, to); break;
                case 2: ReadLocation(ref cursor, from, to); break;
                case 3: ReadFunction(ref cursor, from, to); break;
                case 4: ReadLink(ref cursor, from, to); break;
                case 5 when !Capped(_strings.Count, EntriesMax, "entries in string_table"):
                    _strings.Add(new StringRange(from, to - from));
                    break;
                case 6: ReadAttribute(ref cursor, from, to); break;
                case 7: ReadStack(ref cursor, from, to); break;
            }
        }
        outer.Join(cursor);
    }

    private void ReadMapping(ref ProtoCursor outer, int start, int end)
    {
        if (Capped(_mappings.Count, PprofReader.MappingsMax, "entries in mapping_table")) return;
        ulong memoryStart = 0, memoryLimit = 0, offset = 0;
        var fileName = 0;
        var attributeStart = _indexes.Count;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Varint: memoryStart = cursor.ReadVarint(); break;
                case (2 << 3) + ProtoCursor.Varint: memoryLimit = cursor.ReadVarint(); break;
                case (3 << 3) + ProtoCursor.Varint: offset = cursor.ReadVarint(); break;
                case (4 << 3) + ProtoCursor.Varint: fileName = Index(cursor.ReadVarint()); break;
                case (5 << 3) + ProtoCursor.Varint or (5 << 3) + ProtoCursor.Bytes:
                    ReadIndexes(ref cursor, wireType, ref _indexes);
                    break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _mappings.Add(new OtlpMapping(memoryStart, memoryLimit, offset, fileName, attributeStart, _indexes.Count - attributeStart));
    }

    private void ReadLocation(ref ProtoCursor outer, int start, int end)
    {
        if (Capped(_locations.Count, EntriesMax, "entries in location_table")) return;
        var mapping = 0;
        ulong address = 0;
        var lineStart = _lines.Count;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Varint: mapping = Index(cursor.ReadVarint()); break;
                case (2 << 3) + ProtoCursor.Varint: address = cursor.ReadVarint(); break;
                case (3 << 3) + ProtoCursor.Bytes:
                    if (Capped(_lines.Count, EntriesMax, "lines")) return;
                    cursor.ReadLength(out var from, out var to);
                    if (!cursor.Failed) ReadLine(ref cursor, from, to);
                    break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _locations.Add(new OtlpLocation(mapping, lineStart, _lines.Count - lineStart, address));
    }

    private void ReadLine(ref ProtoCursor outer, int start, int end)
    {
        var function = 0;
        long line = 0, column = 0;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Varint: function = Index(cursor.ReadVarint()); break;
                case (2 << 3) + ProtoCursor.Varint: line = (long)cursor.ReadVarint(); break;
                case (3 << 3) + ProtoCursor.Varint: column = (long)cursor.ReadVarint(); break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _lines.Add(new OtlpLine(function, line, column));
    }

    private void ReadFunction(ref ProtoCursor outer, int start, int end)
    {
        if (Capped(_functions.Count, EntriesMax, "entries in function_table")) return;
        int name = 0, systemName = 0, fileName = 0;
        long startLine = 0;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Varint: name = Index(cursor.ReadVarint()); break;
                case (2 << 3) + ProtoCursor.Varint: systemName = Index(cursor.ReadVarint()); break;
                case (3 << 3) + ProtoCursor.Varint: fileName = Index(cursor.ReadVarint()); break;
                case (4 << 3) + ProtoCursor.Varint: startLine = (long)cursor.ReadVarint(); break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _functions.Add(new Function(name, systemName, fileName, startLine));
    }

    private void ReadLink(ref ProtoCursor outer, int start, int end)
    {
        if (Capped(_links.Count, EntriesMax, "entries in link_table")) return;
        StringRange trace = default, span = default;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            if (wireType != ProtoCursor.Bytes || field > 2)
            {
                cursor.Skip(wireType);
                continue;
            }
            cursor.ReadLength(out var from, out var to);
            if (field == 1) trace = new StringRange(from, to - from);
            else span = new StringRange(from, to - from);
        }
        outer.Join(cursor);
        _links.Add(new OtlpLink(trace, span));
    }

    private void ReadAttribute(ref ProtoCursor outer, int start, int end)
    {
        if (Capped(_attributes.Count, EntriesMax, "entries in attribute_table")) return;
        var key = 0;
        OtlpValue value = default;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Varint: key = Index(cursor.ReadVarint()); break;
                case (2 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out var from, out var to);
                    value = ReadValue(ref cursor, from, to, isElement: false);
                    break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _attributes.Add(new OtlpAttribute(key, value));
    }

    private void ReadStack(ref ProtoCursor outer, int start, int end)
    {
        if (Capped(_stacks.Count, EntriesMax, "entries in stack_table")) return;
        var first = _indexes.Count;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            if (field == 1 && wireType is ProtoCursor.Varint or ProtoCursor.Bytes) ReadIndexes(ref cursor, wireType, ref _indexes);
            else cursor.Skip(wireType);
        }
        outer.Join(cursor);
        _stacks.Add(new StringRange(first, _indexes.Count - first));
    }

    /// <summary>Reads a value; of a list only one with a single element counts, as that element.</summary>
    private static OtlpValue ReadValue(ref ProtoCursor outer, int start, int end, bool isElement)
    {
        OtlpValue value = default;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            int from, to;
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    value = new OtlpValue(OtlpValueKind.Text, new StringRange(from, to - from), 0);
                    break;
                case (3 << 3) + ProtoCursor.Varint:
                    value = new OtlpValue(OtlpValueKind.Number, default, (long)cursor.ReadVarint());
                    break;
                case (5 << 3) + ProtoCursor.Bytes when !isElement:
                    cursor.ReadLength(out from, out to);
                    value = ReadSingleElement(ref cursor, from, to);
                    break;
                case (8 << 3) + ProtoCursor.Varint:
                    value = new OtlpValue(OtlpValueKind.Indexed, default, Index(cursor.ReadVarint()));
                    break;
                default:
                    cursor.Skip(wireType);
                    value = default;   // another kind took the place of what was read before
                    break;
            }
        }
        outer.Join(cursor);
        return value;
    }

    private static OtlpValue ReadSingleElement(ref ProtoCursor outer, int start, int end)
    {
        OtlpValue value = default;
        var count = 0;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            if (field != 1 || wireType != ProtoCursor.Bytes)
            {
                cursor.Skip(wireType);
                continue;
            }
            cursor.ReadLength(out var from, out var to);
            if (++count == 1) value = ReadValue(ref cursor, from, to, isElement: true);
        }
        outer.Join(cursor);
        return count == 1 ? value : default;
    }

    /// <summary>Appends one index, or a packed list of them.</summary>
    private static void ReadIndexes(ref ProtoCursor cursor, int wireType, ref FlatList<int> target)
    {
        if (wireType == ProtoCursor.Varint)
        {
            target.Add(Index(cursor.ReadVarint()));
            return;
        }
        cursor.ReadLength(out var from, out var to);
        var first = target.Count;
        var count = PackedVarints.DecodeInt32(cursor.Data, from, to, target.Extend(to - from + PackedVarints.Slack));
        target.Truncate(first + Math.Max(0, count));
        if (count >= 0) return;
        var packed = cursor.Slice(from, to);
        while (!packed.AtEnd)
        {
            var index = Index(packed.ReadVarint());
            if (!packed.Failed) target.Add(index);
        }
        cursor.Join(packed);
    }
}
