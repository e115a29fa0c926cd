using System.Text.Unicode;

namespace Kagari.Profiles;

// From rows to a profile of its own: what the samples of one service need of the dictionary moves over, checked.
public sealed partial class OtlpReader
{
    /// <summary>What a profile that names no duration gets, as with the peer: ten seconds.</summary>
    private const long DurationNanosDefault = 10_000_000_000;

    private LocalIndexes _localStrings, _localMappings, _localFunctions, _localLocations, _localStacks, _localAttributes, _localLinks;
    private FlatList<StringRange> _stackRanges;   // ranges of the target's stacks, one per stack that was unfolded
    private FlatList<SampleLabel> _labelRows;     // one per attribute that samples have; Key 0 = makes no label
    private FlatList<(int Trace, int Span)> _linkRows;
    private int _traceKey, _spanKey;
    private long _unfolded;

    private void Build(FlatProfile target)
    {
        target.Clear();
        _localStrings.Begin(_strings.Count);
        _localMappings.Begin(_mappings.Count);
        _localFunctions.Begin(_functions.Count);
        _localLocations.Begin(_locations.Count);
        _localStacks.Begin(_stacks.Count);
        _localAttributes.Begin(_attributes.Count);
        _localLinks.Begin(_links.Count);
        _stackRanges.Clear();
        _labelRows.Clear();
        _linkRows.Clear();
        _traceKey = _spanKey = 0;
        _unfolded = 0;

        var isScaled = false;
        if (AddTypes(target, ref isScaled))
        {
            target.TimeNanos = _timeNanos;
            target.DurationNanos = _durationNanos != 0 ? _durationNanos : DurationNanosDefault;
            for (int i = PartStart(_part), end = _serviceStarts[_part]; i < end; i++)
            {
                if (!AddSample(target, _order[i], isScaled)) break;
                UnfoldedBytes = SizeOf(target);
                if (_limits.BytesMax <= 0 || UnfoldedBytes <= _limits.BytesMax) continue;
                Refuse(ProfileErrorKind.TooLarge, $"uncompressed profile payload size exceeds limit of {ByteSize.Format(_limits.BytesMax)}");
                break;
            }
        }
        UnfoldedBytes = SizeOf(target);
    }

    private long SizeOf(FlatProfile target) =>
        target.Bytes.Count + _unfolded + (8L * target.Labels.Count) + (16L * (target.Samples.Count + target.Lines.Count + target.Functions.Count + target.Locations.Count));

    /// <summary>Types, and the labels that follow from them.</summary>
    private bool AddTypes(FlatProfile target, ref bool isScaled)
    {
        if (!TryString(_type.Type, "type_strindex of sample_type", out var type) || !TryString(_type.Unit, "unit_strindex of sample_type", out var unit)
            || !TryString(_periodType.Type, "type_strindex of period_type", out var periodType)
            || !TryString(_periodType.Unit, "unit_strindex of period_type", out var periodUnit)) return false;
        if (type.Length == 0) return Refuse("failed to convert otel profile: sample type is missing");
        var family = OtlpFamily.Of(type, unit, periodType, periodUnit, _period, out isScaled);
        if (isScaled)
        {
            type = periodType;
            unit = periodUnit;
        }
        target.Period = _period;
        if (!TryAdd(target, type, out var typeIndex) || !TryAdd(target, unit, out var unitIndex)
            || !TryAdd(target, periodType, out var periodTypeIndex) || !TryAdd(target, periodUnit, out var periodUnitIndex)) return false;
        target.SampleTypes.Add(new ValueType(typeIndex, unitIndex));
        target.PeriodType = new ValueType(periodTypeIndex, periodUnitIndex);
        Labels = MakeLabels(family, _services[_part]);
        return true;
    }

    private bool AddSample(FlatProfile target, int index, bool isScaled)
    {
        ref readonly var sample = ref _samples[index];
        var value = sample.Value;
        if (isScaled && !TryScale(ref value)) return false;
        var labelStart = target.Labels.Count;
        if (!AddLabels(target, sample, index) || !AddStack(target, sample.Stack, index, out var stack)) return false;
        target.Samples.Add(new Sample(stack.Start, stack.Length, labelStart, target.Labels.Count - labelStart));
        target.Values.Add(value);
        return true;
    }

    private bool TryScale(ref long value)
    {
        var scaled = (Int128)value * _period;
        if (scaled > long.MaxValue || scaled < long.MinValue)
            return Refuse($"otlp: {value} samples of {_period} ns are more nanoseconds than 64 bits hold");
        value = (long)scaled;
        return true;
    }

    /// <summary>Every sample gets a copy of its stack: what repairs cut stacks relies on stacks in the order of samples.</summary>
    private bool AddStack(FlatProfile target, int index, int sample, out StringRange stack)
    {
        stack = new StringRange(target.Stacks.Count, 0);
        if (index == 0 && _stacks.Count == 0) return true;
        if ((uint)index >= (uint)_stacks.Count) return RefuseIndex($"stack_index of sample {sample}", index, "stack_table", _stacks.Count);
        if (_localStacks.TryGet(index, out var known))
        {
            var (from, length) = _stackRanges[known];
            var copy = target.Stacks.Extend(length);
            target.Stacks.Span.Slice(from, length).CopyTo(copy);
            stack = new StringRange(stack.Start, length);
        }
        else
        {
            var (from, depth) = _stacks[index];
            // Leaf first: what is cut from a stack that is too deep is its leaf end, the root part stays.
            var cut = _limits.DepthMax > 0 ? Math.Max(0, depth - _limits.DepthMax) : 0;
            for (var i = from + cut; i < from + depth; i++)
            {
                if (!TryLocation(target, _indexes[i], index, out var location)) return false;
                target.Stacks.Add(location);
            }
            stack = new StringRange(stack.Start, depth - cut);
            _localStacks.Set(index, _stackRanges.Count);
            _stackRanges.Add(stack);
        }
        _unfolded += 2L * stack.Length;
        return true;
    }

    private bool TryLocation(FlatProfile target, int index, int stack, out int local)
    {
        local = 0;
        if ((uint)index >= (uint)_locations.Count)
            return RefuseIndex($"location_indices of stack {stack}", index, "location_table", _locations.Count);
        if (_localLocations.TryGet(index, out local)) return true;
        ref readonly var location = ref _locations[index];
        if (!TryMapping(target, location.Mapping, index, out var mapping)) return false;
        var lineStart = target.Lines.Count;
        foreach (ref readonly var line in _lines.Span.Slice(location.LineStart, location.LineCount))
        {
            if (!TryFunction(target, line.Function, index, out var function)) return false;
            // A line of no function tells nothing; a location left without lines is shown by its address.
            if (function >= 0) target.Lines.Add(new Line(function, (int)Math.Clamp(line.Column, 0, int.MaxValue), line.LineNumber));
        }
        var lineCount = target.Lines.Count - lineStart;
        if (lineCount == 0 && mapping >= 0)
        {
            ref var own = ref target.Mappings[mapping];
            own = own with { Flags = own.Flags & ~MappingFlags.HasFunctions };
        }
        local = _localLocations.Set(index, target.Locations.Count);
        target.Locations.Add(new Location(mapping, lineStart, lineCount, location.Address));
        return true;
    }

    private bool TryFunction(FlatProfile target, int index, int location, out int local)
    {
        local = -1;
        if (index == 0 && _functions.Count == 0) return true;
        if ((uint)index >= (uint)_functions.Count)
            return RefuseIndex($"function_index of location {location}", index, "function_table", _functions.Count);
        if (_localFunctions.TryGet(index, out local)) return true;
        var (name, systemName, fileName, startLine) = _functions[index];
        if (name == 0 && systemName == 0) local = -1;
        else
        {
            if (!TryLocal(target, name, "name_strindex of a function", out name)
                || !TryLocal(target, systemName, "system_name_strindex of a function", out systemName)
                || !TryLocal(target, fileName, "filename_strindex of a function", out fileName)) return false;
            local = target.Functions.Count;
            target.Functions.Add(new Function(name, systemName, fileName, startLine));
        }
        _localFunctions.Set(index, local);
        return true;
    }

    private bool TryMapping(FlatProfile target, int index, int location, out int local)
    {
        local = -1;
        if (index == 0 && (_mappings.Count == 0 || _mappings[0].IsZero)) return true;
        if ((uint)index >= (uint)_mappings.Count)
            return RefuseIndex($"mapping_index of location {location}", index, "mapping_table", _mappings.Count);
        if (_localMappings.TryGet(index, out local)) return true;
        ref readonly var mapping = ref _mappings[index];
        if (!TryLocal(target, mapping.FileName, "filename_strindex of a mapping", out var fileName) || !TryBuildId(target, mapping, index, out var buildId)) return false;
        local = _localMappings.Set(index, target.Mappings.Count);
        // Until a location without lines shows up.
        target.Mappings.Add(new Mapping(mapping.MemoryStart, mapping.MemoryLimit, mapping.FileOffset, fileName, buildId, MappingFlags.HasFunctions));
        return true;
    }

    /// <summary>GNU's build id; binaries that have none go by the hash of their file, which symbols are uploaded under too.</summary>
    private bool TryBuildId(FlatProfile target, in OtlpMapping mapping, int index, out int buildId)
    {
        buildId = 0;
        var rank = int.MaxValue;
        foreach (var attribute in _indexes.Span.Slice(mapping.AttributeStart, mapping.AttributeCount))
        {
            if (attribute == 0 && _attributes.Count == 0) continue;
            if ((uint)attribute >= (uint)_attributes.Count)
                return RefuseIndex($"attribute_indices of mapping {index}", attribute, "attribute_table", _attributes.Count);
            var (keyIndex, value) = _attributes[attribute];
            if (!TryString(keyIndex, "key_strindex of an attribute", out var key)) return false;
            var own = key.SequenceEqual("process.executable.build_id.gnu"u8) ? 0
                : key.SequenceEqual("process.executable.build_id.htlhash"u8) ? 1 : int.MaxValue;
            if (own >= rank) continue;
            if (!TryText(value, out var text) || !TryAdd(target, text, out buildId)) return false;
            rank = own;
        }
        return true;
    }

    private bool AddLabels(FlatProfile target, in OtlpSample sample, int index)
    {
        foreach (var attribute in _sampleAttributes.Span.Slice(sample.AttributeStart, sample.AttributeCount))
        {
            if (_attributes.Count == 0) continue;   // index 0 of a table that is not there
            if (!_localAttributes.TryGet(attribute, out var row))
            {
                if (!TryLabel(target, _attributes[attribute], out var label)) return false;
                row = _localAttributes.Set(attribute, _labelRows.Count);
                _labelRows.Add(label);
            }
            if (_labelRows[row].Key != 0) target.Labels.Add(_labelRows[row]);
        }
        return sample.Link == 0 || AddLink(target, sample.Link, index);
    }

    private bool TryLabel(FlatProfile target, in OtlpAttribute attribute, out SampleLabel label)
    {
        label = default;
        if (!TryString(attribute.Key, "key_strindex of an attribute", out var key) || !TryText(attribute.Value, out var text)) return false;
        if (key.Length == 0 || key.SequenceEqual("service.name"u8)) return true;   // that one chose the service
        var isNumber = attribute.Value.Kind == OtlpValueKind.Number;
        if (text.Length == 0 && !isNumber) return true;
        if (!TryLocal(target, attribute.Key, "key_strindex of an attribute", out var keyIndex)) return false;
        var textIndex = 0;
        if (!isNumber && !TryAdd(target, text, out textIndex)) return false;
        label = new SampleLabel(keyIndex, textIndex, isNumber ? attribute.Value.Number : 0, 0);
        return true;
    }

    private bool AddLink(FlatProfile target, int index, int sample)
    {
        if ((uint)index >= (uint)_links.Count) return RefuseIndex($"link_index of sample {sample}", index, "link_table", _links.Count);
        if (!_localLinks.TryGet(index, out var row))
        {
            var link = _links[index];
            row = _localLinks.Set(index, _linkRows.Count);
            _linkRows.Add((AddId(target, link.Trace, 16), AddId(target, link.Span, 8)));
        }
        var (trace, span) = _linkRows[row];
        if (trace != 0)
        {
            if (_traceKey == 0) _traceKey = target.AddString("trace_id"u8);
            target.Labels.Add(new SampleLabel(_traceKey, trace, 0, 0));
        }
        if (span != 0)
        {
            if (_spanKey == 0) _spanKey = target.AddString("span_id"u8);
            target.Labels.Add(new SampleLabel(_spanKey, span, 0, 0));
        }
        return true;
    }

    /// <summary>An id as hexadecimal text; 0 where it is none: of another length, or all zeros.</summary>
    private int AddId(FlatProfile target, StringRange range, int length)
    {
        var id = _request.Span.Slice(range.Start, range.Length);
        if (id.Length != length || !id.ContainsAnyExcept((byte)0)) return 0;
        Span<byte> text = stackalloc byte[2 * length];
        for (var i = 0; i < length; i++)
        {
            text[2 * i] = "0123456789abcdef"u8[id[i] >> 4];
            text[(2 * i) + 1] = "0123456789abcdef"u8[id[i] & 15];
        }
        return target.AddString(text);
    }

    private bool TryLocal(FlatProfile target, int index, string field, out int local)
    {
        local = 0;
        if (index == 0) return true;
        if (!TryString(index, field, out var text)) return false;
        if (_localStrings.TryGet(index, out local)) return true;
        if (!TryAdd(target, text, out local)) return false;
        _localStrings.Set(index, local);
        return true;
    }

    private bool TryAdd(FlatProfile target, ReadOnlySpan<byte> text, out int local)
    {
        local = 0;
        if (text.Length == 0) return true;
        if (_limits.StringBytesMax > 0 && text.Length > _limits.StringBytesMax)
        {
            // The tail of a name tells more than its head; the cut must not split a character.
            text = text[^_limits.StringBytesMax..];
            while (text.Length > 0 && (text[0] & 0xC0) == 0x80) text = text[1..];
        }
        if (!Utf8.IsValid(text)) return Refuse($"invalid utf8 string hex: {Convert.ToHexStringLower(text[..Math.Min(text.Length, 64)])}");
        local = target.AddString(text);
        return true;
    }
}
