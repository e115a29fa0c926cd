namespace Kagari.Profiles;

// The messages inside a profile. Ids are kept as they come; PprofReader.Resolve.cs turns them into indexes once
// all tables are known.
public sealed partial class PprofReader
{
    private FlatList<ulong> _locationIds, _locationMappings, _lineFunctions, _functionIds, _mappingIds;
    private FlatList<ulong> _wideIds;      // location ids of samples that do not fit 31 bits; a stack entry ~i refers to entry i
    private FlatList<int> _valueCounts;    // values per sample, checked once all sample types are known
    private bool _valueCountsAgree;
    private ProfileError _error;

    private static ValueType ReadValueType(ref ProtoCursor outer, int start, int end, ValueType merged)
    {
        var cursor = outer.Slice(start, end);
        var (type, unit) = merged;
        while (cursor.NextField(out var field, out var wireType))
        {
            if (field == 1) type = Index(cursor.ReadVarintField(wireType));
            else if (field == 2) unit = Index(cursor.ReadVarintField(wireType));
            else cursor.Skip(wireType);
        }
        outer.Join(cursor);
        return new ValueType(type, unit);
    }

    private void ReadSample(ref ProtoCursor outer, int start, int end, FlatProfile profile, DecodeLimits limits)
    {
        if (limits.SamplesMax > 0 && profile.Samples.Count >= limits.SamplesMax)
        {
            _error = new ProfileError(
                ProfileErrorKind.TooManySamples,
                $"exceeds the samples count limit (max_profile_stacktrace_samples, actual: more than {limits.SamplesMax}, limit: {limits.SamplesMax})");
            return;
        }
        var stackStart = profile.Stacks.Count;
        var labelStart = profile.Labels.Count;
        var valueStart = profile.Values.Count;
        var cursor = outer.Slice(start, end);
        if (!ReadPackedFields(ref cursor, end, profile)) cursor.Fail();
        while (cursor.NextField(out var field, out var wireType))
        {
            int from, to;
            switch (field)
            {
                case 1 when wireType == ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    if (!AddPackedStack(outer.Data, from, to, ref profile.Stacks)) cursor.Fail();
                    break;
                case 1: AddStackEntry(profile, cursor.ReadVarintField(wireType)); break;
                case 2 when wireType == ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    var room = SampleTypesMax - (profile.Values.Count - valueStart);
                    if (!AddPackedValues(outer.Data, from, to, ref profile.Values, room)) cursor.Fail();
                    break;
                case 2:
                    var value = (long)cursor.ReadVarintField(wireType);
                    if (profile.Values.Count - valueStart <= SampleTypesMax) profile.Values.Add(value);
                    break;
                case 3 when Message(ref cursor, wireType, out from, out to):
                    if (!ReadLabel(ref cursor, from, to, profile, labelStart, limits)) return;
                    break;
                case 3: break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);

        var depth = profile.Stacks.Count - stackStart;
        // Leaf first: what is cut from a stack that is too deep is its leaf end, the root part stays.
        var cut = limits.DepthMax > 0 ? Math.Max(0, depth - limits.DepthMax) : 0;
        profile.Samples.Add(new Sample(stackStart + cut, depth - cut, labelStart, profile.Labels.Count - labelStart));
        var count = profile.Values.Count - valueStart;
        _valueCounts.Add(count);
        _valueCountsAgree &= count == _valueCounts[0];
    }

    /// <summary>
    /// The shape that nearly every sample has: packed locations, then packed values, both shorter than 128 bytes. What
    /// comes after, or comes otherwise, is left for the general loop. False where a number is cut or too long.
    /// </summary>
    private bool ReadPackedFields(ref ProtoCursor cursor, int end, FlatProfile profile)
    {
        const byte PackedStack = (1 << 3) | ProtoCursor.Bytes, PackedValues = (2 << 3) | ProtoCursor.Bytes;
        var data = cursor.Data;
        var at = cursor.Position;
        if (end - at < 2 || data[at] != PackedStack || data[at + 1] >= 0x80 || data[at + 1] > end - at - 2) return true;
        var to = at + 2 + data[at + 1];
        if (!AddPackedStack(data, at + 2, to, ref profile.Stacks)) return false;
        cursor.Position = at = to;
        if (end - at < 2 || data[at] != PackedValues || data[at + 1] >= 0x80 || data[at + 1] > end - at - 2) return true;
        to = at + 2 + data[at + 1];
        if (!AddPackedValues(data, at + 2, to, ref profile.Values, SampleTypesMax)) return false;
        cursor.Position = to;
        return true;
    }

    private void AddStackEntry(FlatProfile profile, ulong id)
    {
        if (id <= int.MaxValue)
        {
            profile.Stacks.Add((int)id);
            return;
        }
        profile.Stacks.Add(~_wideIds.Count);
        _wideIds.Add(id);
    }

    private bool ReadLabel(ref ProtoCursor outer, int start, int end, FlatProfile profile, int labelStart, DecodeLimits limits)
    {
        if (limits.SampleLabelsMax > 0 && profile.Labels.Count - labelStart >= limits.SampleLabelsMax)
        {
            _error = new ProfileError(
                ProfileErrorKind.TooManySampleLabels,
                $"exceeds the sample labels limit (max_profile_stacktrace_sample_labels, actual: more than {limits.SampleLabelsMax}, limit: {limits.SampleLabelsMax})");
            return false;
        }
        if (Capped(profile.Labels.Count, EntriesMax, "sample labels")) return false;
        int key = 0, text = 0, unit = 0;
        long number = 0;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch (field)
            {
                case 1: key = Index(cursor.ReadVarintField(wireType)); break;
                case 2: text = Index(cursor.ReadVarintField(wireType)); break;
                case 3: number = (long)cursor.ReadVarintField(wireType); break;
                case 4: unit = Index(cursor.ReadVarintField(wireType)); break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        profile.Labels.Add(new SampleLabel(key, text, number, unit));
        return true;
    }

    private void ReadMapping(ref ProtoCursor outer, int start, int end, FlatProfile profile)
    {
        if (Capped(profile.Mappings.Count, MappingsMax, "mappings")) return;
        ulong id = 0, memoryStart = 0, memoryLimit = 0, offset = 0;
        int fileName = 0, buildId = 0;
        var flags = MappingFlags.None;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch (field)
            {
                case 1: id = cursor.ReadVarintField(wireType); break;
                case 2: memoryStart = cursor.ReadVarintField(wireType); break;
                case 3: memoryLimit = cursor.ReadVarintField(wireType); break;
                case 4: offset = cursor.ReadVarintField(wireType); break;
                case 5: fileName = Index(cursor.ReadVarintField(wireType)); break;
                case 6: buildId = Index(cursor.ReadVarintField(wireType)); break;
                case 7 or 8 or 9 or 10:
                    var flag = (MappingFlags)(1 << (field - 7));
                    flags = cursor.ReadVarintField(wireType) != 0 ? flags | flag : flags & ~flag;
                    break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _mappingIds.Add(id);
        profile.Mappings.Add(new Mapping(memoryStart, memoryLimit, offset, fileName, buildId, flags));
    }

    private void ReadLocation(ref ProtoCursor outer, int start, int end, FlatProfile profile)
    {
        if (Capped(profile.Locations.Count, EntriesMax, "locations")) return;
        ulong id = 0, mapping = 0, address = 0;
        var lineStart = profile.Lines.Count;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch (field)
            {
                case 1: id = cursor.ReadVarintField(wireType); break;
                case 2: mapping = cursor.ReadVarintField(wireType); break;
                case 3: address = cursor.ReadVarintField(wireType); break;
                case 4 when Message(ref cursor, wireType, out var from, out var to):
                    if (Capped(profile.Lines.Count, EntriesMax, "lines")) return;
                    ReadLine(ref cursor, from, to, profile);
                    break;
                case 4: break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _locationIds.Add(id);
        _locationMappings.Add(mapping);
        profile.Locations.Add(new Location(-1, lineStart, profile.Lines.Count - lineStart, address));
    }

    private void ReadLine(ref ProtoCursor outer, int start, int end, FlatProfile profile)
    {
        ulong function = 0;
        long line = 0, column = 0;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch (field)
            {
                case 1: function = cursor.ReadVarintField(wireType); break;
                case 2: line = (long)cursor.ReadVarintField(wireType); break;
                case 3: column = (long)cursor.ReadVarintField(wireType); break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _lineFunctions.Add(function);
        profile.Lines.Add(new Line(-1, (int)Math.Clamp(column, 0, int.MaxValue), line));
    }

    private void ReadFunction(ref ProtoCursor outer, int start, int end, FlatProfile profile)
    {
        if (Capped(profile.Functions.Count, EntriesMax, "functions")) return;
        ulong id = 0;
        int name = 0, systemName = 0, fileName = 0;
        long startLine = 0;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch (field)
            {
                case 1: id = cursor.ReadVarintField(wireType); break;
                case 2: name = Index(cursor.ReadVarintField(wireType)); break;
                case 3: systemName = Index(cursor.ReadVarintField(wireType)); break;
                case 4: fileName = Index(cursor.ReadVarintField(wireType)); break;
                case 5: startLine = (long)cursor.ReadVarintField(wireType); break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        _functionIds.Add(id);
        profile.Functions.Add(new Function(name, systemName, fileName, startLine));
    }

    private void ReadComments(ref ProtoCursor cursor, int wireType, FlatProfile profile)
    {
        if (Capped(profile.Comments.Count, EntriesMax, "comments")) return;
        if (wireType != ProtoCursor.Bytes)
        {
            profile.Comments.Add(Index(cursor.ReadVarintField(wireType)));
            return;
        }
        cursor.ReadLength(out var start, out var end);
        var comments = cursor.Slice(start, end);
        while (!comments.AtEnd)
        {
            if (Capped(profile.Comments.Count, EntriesMax, "comments")) return;
            profile.Comments.Add(Index(comments.ReadVarint()));
        }
        cursor.Join(comments);
    }
}
