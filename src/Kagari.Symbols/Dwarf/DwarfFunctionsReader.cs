namespace Kagari.Symbols;

/// <summary>Walks all entries of a unit once and keeps its functions.</summary>
internal ref struct DwarfFunctionsReader
{
    private const int DepthMax = 4096;

    private readonly DwarfFile _file;
    private readonly DwarfUnit _unit;
    private readonly DwarfRoot _root;
    private readonly List<DwarfCall> _calls = [];
    private readonly List<Interval> _ranges = [];
    private readonly List<Interval> _functions = [];
    private readonly Dictionary<int, int> _scopeOf = [];
    private readonly List<(int Entry, int Outer)> _scopes = [];

    /// <summary>For each open entry the index of its call, or -1, and the scope around it, or -1.</summary>
    private readonly List<(int Call, int Scope)> _open = [];

    private DwarfFunctionsReader(DwarfFile file, DwarfUnit unit)
    {
        (_file, _unit) = (file, unit);
        _root = unit.Root(file);
    }

    public static DwarfFunctions Read(DwarfFile file, DwarfUnit unit)
    {
        if (unit.Root(file).Abbreviations is not { } abbreviations || file.Budget.IsSpent) return DwarfFunctions.Empty;
        var reader = new DwarfFunctionsReader(file, unit);
        reader.ReadEntries(abbreviations);
        while (reader._open.Count > 0) reader.Close();
        var functions = new DwarfFunctions([.. reader._calls], [.. reader._ranges], new IntervalMap(reader._functions), new DwarfScopes(reader._scopeOf, [.. reader._scopes]));
        file.Budget.Keep(functions.MemoryBytes);
        return functions;
    }

    private readonly void ReadEntries(DwarfAbbreviations abbreviations)
    {
        var cursor = _file.At(_unit, _unit.First);
        var steps = 0L;
        while (!cursor.AtEnd)
        {
            var entry = cursor.Position;
            var code = cursor.ReadUleb();
            if (code == 0)
            {
                if (_open.Count == 0) break;
                Close();
                if (_open.Count == 0) break;
                continue;
            }
            if (abbreviations[code] is not { } abbreviation || _calls.Count >= _file.Limits.UnitFunctionsMax) break;
            steps += abbreviation.FixedBytes >= 0 ? 1 : abbreviation.Attributes.Length;
            var call = -1;
            if (abbreviation.Tag is DwarfTag.Subprogram or DwarfTag.InlinedSubroutine) call = ReadCall(ref cursor, abbreviation, entry);
            else abbreviation.Skip(ref cursor, _unit.Encoding);
            if (cursor.Failed || _open.Count >= DepthMax) break;
            if (abbreviation.HasChildren) Open(abbreviation.Tag, entry, call);
            else if (call >= 0) _calls[call] = _calls[call] with { End = _calls.Count };
            if (steps < 1 << 16) continue;
            if (!_file.Budget.TryTake(steps)) break;
            steps = 0;
        }
    }

    private readonly void Open(ushort tag, int entry, int call)
    {
        var scope = _open.Count > 0 ? _open[^1].Scope : -1;
        if (_root.HasScopes && DwarfTag.IsScope(tag))
        {
            _scopes.Add((entry, scope));
            scope = _scopes.Count - 1;
        }
        _open.Add((call, scope));
    }

    private readonly void Close()
    {
        var (call, _) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        if (call >= 0) _calls[call] = _calls[call] with { End = _calls.Count };
    }

    /// <summary>Keeps a call that has code; gives its index, or -1.</summary>
    private readonly int ReadCall(ref ByteCursor cursor, DwarfAbbreviation abbreviation, int entry)
    {
        DwarfValue low = default, high = default, ranges = default;
        var (file, line, hasName, isNamedElsewhere) = (0, 0, false, false);
        foreach (ref readonly var attribute in abbreviation.Attributes.AsSpan())
        {
            var value = DwarfForm.Read(ref cursor, attribute.Form, attribute.ImplicitValue, _unit.Encoding);
            switch (attribute.Name)
            {
                case DwarfName.LowPc: low = value; break;
                case DwarfName.HighPc: high = value; break;
                case DwarfName.Ranges: ranges = value; break;
                case DwarfName.CallFile: file = value.AsInt; break;
                case DwarfName.CallLine: line = value.AsInt; break;
                case DwarfName.Name: hasName = true; break;
                case DwarfName.LinkageName or DwarfName.MipsLinkageName or DwarfName.AbstractOrigin or DwarfName.Specification: isNamedElsewhere = true; break;
                default: break;
            }
        }
        if (cursor.Failed) return -1;
        if (hasName && !isNamedElsewhere && _open.Count > 0 && _open[^1].Scope >= 0) _scopeOf.TryAdd(entry, _open[^1].Scope);
        if (!ranges.IsPresent && !high.IsPresent) return -1;
        var (index, first) = (_calls.Count, _ranges.Count);
        DwarfRanges.Read(_file, _unit, _root, low, high, ranges, _ranges, index);
        if (_ranges.Count == first) return -1;
        var isInlined = abbreviation.Tag == DwarfTag.InlinedSubroutine;
        if (!isInlined) for (var i = first; i < _ranges.Count; i++) _functions.Add(_ranges[i]);
        _calls.Add(new DwarfCall(entry, isInlined, index + 1, first, _ranges.Count - first, file, line, IsExceeded: false));
        if (isInlined) MarkExceeded(index);
        return index;
    }

    /// <summary>Marks the calls around a new one up to the first that has all of its code.</summary>
    private readonly void MarkExceeded(int index)
    {
        var call = _calls[index];
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Call < 0) continue;
            var around = _calls[_open[i].Call];
            if (!around.IsInlined || !_file.Budget.TryTake((long)around.RangeCount * call.RangeCount) || HasAll(around, call)) return;
            _calls[_open[i].Call] = around with { IsExceeded = true };
        }
    }

    private readonly bool HasAll(in DwarfCall around, in DwarfCall call)
    {
        for (var i = call.Ranges; i < call.Ranges + call.RangeCount; i++)
        {
            var isInside = false;
            for (var j = around.Ranges; j < around.Ranges + around.RangeCount && !isInside; j++)
                isInside = _ranges[i].Start >= _ranges[j].Start && _ranges[i].End <= _ranges[j].End;
            if (!isInside) return false;
        }
        return true;
    }
}
