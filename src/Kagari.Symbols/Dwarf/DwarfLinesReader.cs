namespace Kagari.Symbols;

/// <summary>Runs a line number program.</summary>
/// <remarks>DWARF 5, §6.2.5: a machine with an address, a file and a line, whose codes append rows.</remarks>
internal ref struct DwarfLinesReader
{
    private readonly DwarfFile _file;
    private readonly DwarfLineHeader _header;
    private readonly List<DwarfLineRow> _rows = [];
    private readonly List<(Interval, int)> _sequences = [];
    private int _first;
    private bool _isUnsorted;
    private ulong _address;
    private uint _operation;
    private int _fileNumber = 1;
    private int _line = 1;

    private DwarfLinesReader(DwarfFile file, DwarfLineHeader header) => (_file, _header) = (file, header);

    public static DwarfLines Read(DwarfFile file, DwarfUnit unit, ulong at)
    {
        var section = file.Sections.Lines;
        var cursor = file.Sections.Cursor(section, at);
        var header = new DwarfLineHeader();
        if (file.Budget.IsSpent || !header.TryRead(file, unit, ref cursor, out var end)) return DwarfLines.Empty;
        var reader = new DwarfLinesReader(file, header);
        reader.Run(file.Sections.Cursor(section[..end], (ulong)cursor.Position));
        var lines = new DwarfLines(reader._rows, reader._sequences, [.. header.Files], [.. header.Folders], header.FilesFrom);
        file.Budget.Keep(lines.MemoryBytes);
        return lines;
    }

    private void Run(ByteCursor cursor)
    {
        var steps = 0;
        while (!cursor.AtEnd && _rows.Count < _file.Limits.LineRowsMax)
        {
            var code = cursor.ReadByte();
            if (code >= _header.OpcodeBase)
            {
                var special = code - _header.OpcodeBase;
                Advance((ulong)(special / _header.LineRange));
                _line += _header.LineBase + (special % _header.LineRange);
                Append();
            }
            else if (code == 0)
            {
                RunExtended(ref cursor);
            }
            else
            {
                RunStandard(ref cursor, code);
            }
            if (++steps < 1 << 12) continue;
            if (!_file.Budget.TryTake(steps)) return;
            steps = 0;
        }
    }

    private void RunStandard(ref ByteCursor cursor, byte code)
    {
        switch (code)
        {
            case 1: Append(); break;
            case 2: Advance(cursor.ReadUleb()); break;
            case 3: _line = unchecked(_line + (int)cursor.ReadSleb()); break;
            case 4: _fileNumber = (int)Math.Min(cursor.ReadUleb(), int.MaxValue); break;
            case 5 or 12: cursor.ReadUleb(); break;
            case 6 or 7 or 10 or 11: break;
            case 8: Advance((ulong)((255 - _header.OpcodeBase) / _header.LineRange)); break;
            case 9:
                _address = unchecked(_address + cursor.ReadUInt16());
                _operation = 0;
                break;
            default:
                for (var n = _header.OpcodeLengths[code - 1]; n > 0; n--) cursor.ReadUleb();
                break;
        }
    }

    private void RunExtended(ref ByteCursor cursor)
    {
        var length = cursor.ReadUleb();
        if (length == 0 || length > (ulong)(cursor.Length - cursor.Position))
        {
            cursor.Fail();
            return;
        }
        var end = cursor.Position + (int)length;
        switch (cursor.ReadByte())
        {
            case 1: EndSequence(); break;
            case 2:
                // Some assemblers write addresses shorter than their unit has them.
                _address = cursor.ReadSized((int)length - 1);
                _operation = 0;
                break;
            case 3: _header.AddFile(ref cursor); break;
            default: break;
        }
        if (!cursor.Failed) cursor.Position = end;
    }

    private void Advance(ulong operations)
    {
        if (_header.MaxOperations == 1)
        {
            _address = unchecked(_address + (operations * _header.MinInstructionBytes));
            return;
        }
        var total = unchecked(_operation + operations);
        _address = unchecked(_address + (total / _header.MaxOperations * _header.MinInstructionBytes));
        _operation = (uint)(total % _header.MaxOperations);
    }

    private void Append()
    {
        var row = new DwarfLineRow(_address, _fileNumber, Math.Max(0, _line));
        if (_rows.Count > _first)
        {
            var last = _rows[^1];
            if (last.File == row.File && last.Line == row.Line && last.Address <= row.Address) return;
            // Of several rows of one address the last one holds.
            if (last.Address == row.Address)
            {
                _rows[^1] = row;
                return;
            }
            _isUnsorted |= last.Address > row.Address;
        }
        _rows.Add(row);
    }

    private void EndSequence()
    {
        if (_rows.Count > _first)
        {
            if (_isUnsorted) _rows.Sort(_first, _rows.Count - _first, Comparer<DwarfLineRow>.Create((a, b) => a.Address.CompareTo(b.Address)));
            if (_file.IsCode(_rows[_first].Address, _address)) _sequences.Add((new Interval(_rows[_first].Address, _address, _first), _rows.Count));
            else _rows.RemoveRange(_first, _rows.Count - _first);
        }
        (_first, _isUnsorted, _address, _operation, _fileNumber, _line) = (_rows.Count, false, 0, 0, 1, 1);
    }
}
