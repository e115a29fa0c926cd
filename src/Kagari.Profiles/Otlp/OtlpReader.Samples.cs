namespace Kagari.Profiles;

// One profile as it came: its samples in flat rows, with the service of each.
public sealed partial class OtlpReader
{
    private FlatList<OtlpSample> _samples;
    private FlatList<int> _sampleAttributes, _order, _serviceStarts;
    private LocalIndexes _serviceOfAttribute;   // per attribute: ordinal of the service that it names, or −1
    private LocalIndexes _serviceOfString;      // per string of the table
    private readonly List<string> _services = [];
    private readonly Dictionary<string, int> _serviceOrdinals = new(StringComparer.Ordinal);
    private ValueType _type, _periodType;
    private bool _hasType;
    private long _timeNanos, _durationNanos, _period;

    private void ReadProfile(in OtlpProfileRow row)
    {
        _samples.Clear();
        _sampleAttributes.Clear();
        _services.Clear();
        _serviceOrdinals.Clear();
        _serviceOfAttribute.Begin(_attributes.Count);
        _serviceOfString.Begin(_strings.Count);
        _type = _periodType = default;
        _hasType = false;
        _timeNanos = _durationNanos = _period = 0;
        if (!ReadResourceLabels(row.Resource, row.Scope)) return;
        ServiceOrdinal(_resourceService);

        var data = _request.Span;
        var cursor = new ProtoCursor(data, row.Start, row.End);
        while (cursor.NextField(out var field, out var wireType) && !_error.IsError)
        {
            int from, to;
            switch ((field << 3) | wireType)
            {
                case (2 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    ReadSample(ref cursor, from, to);
                    break;
                case (1 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    _type = ReadType(ref cursor, from, to);
                    _hasType = true;
                    break;
                case (3 << 3) + ProtoCursor.Fixed64: _timeNanos = (long)Math.Min(cursor.ReadFixed64(), long.MaxValue); break;
                case (4 << 3) + ProtoCursor.Varint: _durationNanos = (long)Math.Min(cursor.ReadVarint(), long.MaxValue); break;
                case (5 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    _periodType = ReadType(ref cursor, from, to);
                    break;
                case (6 << 3) + ProtoCursor.Varint: _period = (long)cursor.ReadVarint(); break;
                default: cursor.Skip(wireType); break;
            }
        }
        if (cursor.Failed) Refuse($"otlp: invalid protobuf at byte {cursor.FailedAt} of {data.Length}");
        else if (!_hasType && !_error.IsError) Refuse("failed to convert otel profile: sample type is missing");
    }

    private static ValueType ReadType(ref ProtoCursor outer, int start, int end)
    {
        int type = 0, unit = 0;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Varint: type = Index(cursor.ReadVarint()); break;
                case (2 << 3) + ProtoCursor.Varint: unit = Index(cursor.ReadVarint()); break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        return new ValueType(type, unit);
    }

    private void ReadSample(ref ProtoCursor outer, int start, int end)
    {
        if (_limits.SamplesMax > 0 && _samples.Count >= _limits.SamplesMax)
        {
            Refuse(ProfileErrorKind.TooManySamples,
                $"exceeds the samples count limit (max_profile_stacktrace_samples, actual: more than {_limits.SamplesMax}, limit: {_limits.SamplesMax})");
            return;
        }
        int stack = 0, link = 0, values = 0;
        long sum = 0, timestamps = 0;
        var attributeStart = _sampleAttributes.Count;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var number, out var wireType))
        {
            var field = _isOld ? ToNewField(number) : number;
            int from, to;
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Varint: stack = Index(cursor.ReadVarint()); break;
                case (2 << 3) + ProtoCursor.Varint or (2 << 3) + ProtoCursor.Bytes:
                    ReadIndexes(ref cursor, wireType, ref _sampleAttributes);
                    break;
                case (3 << 3) + ProtoCursor.Varint: link = Index(cursor.ReadVarint()); break;
                case (4 << 3) + ProtoCursor.Varint:
                    sum = Saturating.Add(sum, (long)cursor.ReadVarint());
                    values++;
                    break;
                case (4 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    values += AddValues(ref cursor, from, to, ref sum);
                    break;
                case (5 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    if ((to - from) % sizeof(ulong) != 0) cursor.Fail();
                    timestamps += (to - from) / sizeof(ulong);
                    break;
                case (5 << 3) + ProtoCursor.Fixed64:
                    cursor.Skip(wireType);
                    timestamps++;
                    break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        if (cursor.Failed) return;
        var attributes = _sampleAttributes.Count - attributeStart;
        if (_limits.SampleLabelsMax > 0 && attributes > _limits.SampleLabelsMax)
        {
            Refuse(ProfileErrorKind.TooManySampleLabels,
                $"exceeds the sample labels limit (max_profile_stacktrace_sample_labels, actual: {attributes}, limit: {_limits.SampleLabelsMax})");
            return;
        }
        if (!FindService(attributeStart, out var service)) return;
        // A sample without values counts its timestamps; one with several adds them up, as they are of one type.
        _samples.Add(new OtlpSample(stack, attributeStart, attributes, link, service, values > 0 ? sum : timestamps));
    }

    private static int ToNewField(int field) => field switch { 2 => 4, 3 => 2, 4 => 3, _ => field };

    private static int AddValues(ref ProtoCursor outer, int start, int end, ref long sum)
    {
        var count = 0;
        var cursor = outer.Slice(start, end);
        while (!cursor.AtEnd)
        {
            sum = Saturating.Add(sum, (long)cursor.ReadVarint());
            count++;
        }
        outer.Join(cursor);
        return count;
    }

    /// <summary>The service that a sample's attributes name, else that of the resource; checks the attributes' indexes.</summary>
    private bool FindService(int attributeStart, out int service)
    {
        service = 0;
        foreach (var index in _sampleAttributes.Span[attributeStart..])
        {
            if (index == 0 && _attributes.Count == 0) continue;
            if ((uint)index >= (uint)_attributes.Count)
                return RefuseIndex($"attribute_indices of sample {_samples.Count}", index, "attribute_table", _attributes.Count);
            if (!_serviceOfAttribute.TryGet(index, out var ordinal))
            {
                if (!TryServiceOf(_attributes[index], out ordinal)) return false;
                _serviceOfAttribute.Set(index, ordinal);
            }
            if (ordinal >= 0) service = ordinal;
        }
        return true;
    }

    private bool TryServiceOf(in OtlpAttribute attribute, out int ordinal)
    {
        ordinal = -1;
        if (!TryString(attribute.Key, "key_strindex of an attribute", out var key)) return false;
        if (!key.SequenceEqual("service.name"u8)) return true;
        // Many attributes may share one text of the table, which is decoded once.
        var shared = attribute.Value.Kind == OtlpValueKind.Indexed ? (int)attribute.Value.Number : 0;
        if (!TryText(attribute.Value, out var name)) return false;
        if (name.Length == 0 || (shared > 0 && _serviceOfString.TryGet(shared, out ordinal))) return true;
        ordinal = ServiceOrdinal(GetLabelText(name));
        if (shared > 0) _serviceOfString.Set(shared, ordinal);
        return !_error.IsError;
    }

    private int ServiceOrdinal(string name)
    {
        if (_serviceOrdinals.TryGetValue(name, out var ordinal)) return ordinal;
        if (_services.Count >= ServicesMax)
        {
            Refuse(ProfileErrorKind.TooManyEntries, $"otlp: the samples of one profile name more than {ServicesMax} services");
            return 0;
        }
        _serviceOrdinals.Add(name, _services.Count);
        _services.Add(name);
        return _services.Count - 1;
    }

    /// <summary>Puts the samples of each service next to each other, in the order they came.</summary>
    private void SortByService()
    {
        _order.Resize(_samples.Count);
        _serviceStarts.Clear();
        _serviceStarts.Resize(_services.Count + 1);
        var starts = _serviceStarts.Span;
        var samples = _samples.Span;
        foreach (ref readonly var sample in samples) starts[sample.Service + 1]++;
        for (var i = 0; i < _services.Count; i++) starts[i + 1] += starts[i];
        // Each start moves to the end of its service while it is filled, which is the start of the next.
        for (var i = 0; i < samples.Length; i++) _order[starts[samples[i].Service]++] = i;
        _parts = _services.Count;
        MoveToPart(0);
    }

    /// <summary>Goes to the first service from here on that has samples; a profile without samples is one of its resource's service.</summary>
    private bool MoveToPart(int part)
    {
        for (_part = part; _part < _parts; _part++)
            if (_samples.Count == 0 || PartStart(_part) < _serviceStarts[_part]) return true;
        return false;
    }

    private int PartStart(int part) => part == 0 ? 0 : _serviceStarts[part - 1];
}
