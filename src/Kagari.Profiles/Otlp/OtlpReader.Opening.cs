namespace Kagari.Profiles;

// What is in a request: profiles with their resources and scopes, and the dictionary. Samples are only looked at as far
// as it takes to know how their fields are numbered.
public sealed partial class OtlpReader
{
    // Sample, by version    stack  values  attributes  link  timestamps
    //   1.10                  1      4         2         3       5
    //   1.9                   1      2         3         4       5
    // Numbers in lists are packed, and a link is a single number: a packed field 3 or a single number in field 4 is
    // 1.9, a single number in field 3 or a packed field 4 is 1.10. A sample with a packed field 2 and neither of the
    // others nor timestamps has values in 1.9, and in 1.10 would have none. Where nothing tells, it is 1.10.
    private int _newSamples, _oldSamples, _barePackedTwos;

    private FlatList<OtlpProfileRow> _profiles;
    private FlatList<StringRange> _resources, _scopes, _dictionaries;
    private bool _isOld;

    private void Open(bool mayBeOld)
    {
        _newSamples = _oldSamples = _barePackedTwos = 0;
        var data = _request.Span;
        var cursor = new ProtoCursor(data, 0, data.Length);
        while (cursor.NextField(out var field, out var wireType) && !_error.IsError)
        {
            if (wireType != ProtoCursor.Bytes || field > 2) cursor.Skip(wireType);
            else
            {
                cursor.ReadLength(out var start, out var end);
                if (cursor.Failed) break;
                if (field == 2) _dictionaries.Add(new StringRange(start, end - start));
                else ReadResourceProfiles(ref cursor, start, end);
            }
        }
        if (!_error.IsError && !cursor.Failed)
        {
            if (_resources.Count == 0) Refuse("otlp: resource_profiles is missing: the request has no profiles");
            else if (_dictionaries.Count == 0) Refuse("otlp: dictionary is missing: nothing that the profiles refer to is there");
        }
        // A message that comes in parts is their sum.
        for (var i = 0; i < _dictionaries.Count && !_error.IsError && !cursor.Failed; i++)
            ReadDictionary(ref cursor, _dictionaries[i].Start, _dictionaries[i].Start + _dictionaries[i].Length);
        if (cursor.Failed) Refuse($"otlp: invalid protobuf at byte {cursor.FailedAt} of {data.Length}");
        if (!_error.IsError && _strings.Count > 0 && _strings[0].Length > 0)
            Refuse("otlp: string_table[0] is not empty; every index of 0 would mean it");
        _isOld = mayBeOld && _newSamples == 0 && (_oldSamples > 0 || _barePackedTwos > 0);
    }

    private void ReadResourceProfiles(ref ProtoCursor outer, int start, int end)
    {
        if (Capped(_resources.Count, ProfilesMax, "resource_profiles")) return;
        var resource = _resources.Count;
        _resources.Add(default);
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType) && !_error.IsError)
        {
            if (wireType != ProtoCursor.Bytes || field > 2)
            {
                cursor.Skip(wireType);
                continue;
            }
            cursor.ReadLength(out var from, out var to);
            if (cursor.Failed) break;
            if (field == 1) _resources[resource] = new StringRange(from, to - from);
            else ReadScopeProfiles(ref cursor, from, to, resource);
        }
        outer.Join(cursor);
    }

    private void ReadScopeProfiles(ref ProtoCursor outer, int start, int end, int resource)
    {
        if (Capped(_scopes.Count, ProfilesMax, "scope_profiles")) return;
        var scope = _scopes.Count;
        _scopes.Add(default);
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType) && !_error.IsError)
        {
            if (wireType != ProtoCursor.Bytes || field > 2)
            {
                cursor.Skip(wireType);
                continue;
            }
            cursor.ReadLength(out var from, out var to);
            if (cursor.Failed) break;
            if (field == 1) _scopes[scope] = new StringRange(from, to - from);
            else
            {
                if (Capped(_profiles.Count, ProfilesMax, "profiles")) return;
                _profiles.Add(new OtlpProfileRow(from, to, resource, scope));
                ScanProfile(ref cursor, from, to);
            }
        }
        outer.Join(cursor);
    }

    private void ScanProfile(ref ProtoCursor outer, int start, int end)
    {
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            if (field != 2 || wireType != ProtoCursor.Bytes)
            {
                cursor.Skip(wireType);
                continue;
            }
            cursor.ReadLength(out var from, out var to);
            if (!cursor.Failed) ScanSample(ref cursor, from, to);
        }
        outer.Join(cursor);
    }

    private void ScanSample(ref ProtoCursor outer, int start, int end)
    {
        var cursor = outer.Slice(start, end);
        bool isOld = false, isNew = false, isBare = false, hasTimestamps = false;
        while (cursor.NextField(out var field, out var wireType))
        {
            switch ((field << 3) | wireType)
            {
                case (2 << 3) + ProtoCursor.Bytes: isBare = true; break;
                case (3 << 3) + ProtoCursor.Bytes or (4 << 3) + ProtoCursor.Varint: isOld = true; break;
                case (3 << 3) + ProtoCursor.Varint or (4 << 3) + ProtoCursor.Bytes: isNew = true; break;
                case (5 << 3) + ProtoCursor.Bytes or (5 << 3) + ProtoCursor.Fixed64: hasTimestamps = true; break;
            }
            cursor.Skip(wireType);
        }
        outer.Join(cursor);
        if (isNew) _newSamples++;
        else if (isOld) _oldSamples++;
        else if (isBare && !hasTimestamps) _barePackedTwos++;
    }
}
