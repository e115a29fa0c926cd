namespace Kagari.Symbols;

internal sealed partial class GoTable
{
    /// <summary>Real functions need some thousand; damaged tables end here.</summary>
    private const int StepsMax = 1 << 20;

    private bool TryReadFunction(ulong start, ulong offset, out GoFunction function)
    {
        function = default;
        if (offset > int.MaxValue) return false;
        var cursor = Cursor(_header.FunctionsBase + (long)offset);
        if (_header.Version >= 18) cursor.Skip(4);
        else cursor.Skip(_header.PointerBytes);
        var name = (int)cursor.ReadUInt32();
        cursor.Skip(12);   // arguments, deferreturn, stack
        var files = cursor.ReadUInt32();
        var lines = cursor.ReadUInt32();
        var dataCount = cursor.ReadUInt32();
        var unit = _header.Version >= 16 ? cursor.ReadUInt32() : 0;
        var startLine = _header.Version >= 20 ? (int)cursor.ReadUInt32() : 0;
        cursor.Skip(3);
        var functionDataCount = cursor.ReadByte();
        if (cursor.Failed || name < 0) return false;
        function = new GoFunction(start, name, files, lines, unit, startLine, cursor.Position, dataCount, functionDataCount);
        return true;
    }

    /// <summary>The value of one of the further tables of a function at an address; -1 where there is none.</summary>
    private int PcData(in GoFunction function, uint table, ulong at)
    {
        if (table >= function.DataCount) return -1;
        var offset = Cursor(function.Data + (4L * table)).ReadUInt32();
        return offset == 0 ? -1 : Value(offset, function.Entry, at);
    }

    /// <summary>An inlined call, from 1.18 on; before, functions hold addresses that only the loader knows.</summary>
    private bool TryReadInlined(in GoFunction function, int index, out (int Name, int ParentPc, int StartLine) call)
    {
        call = default;
        if (InlineTree >= function.FunctionDataCount) return false;
        var pointer = Cursor(function.Data + (4L * function.DataCount) + (4L * InlineTree));
        var tree = pointer.ReadUInt32();
        if (pointer.Failed || tree == uint.MaxValue) return false;
        var at = tree + ((long)index * (_header.Version >= 20 ? 16 : 20));
        if (at > _functionData.Length) return false;
        var cursor = new ByteCursor(_functionData.Span, _isBigEndian, (int)at);
        // Before 1.20: parent, file and line come before the name; after it: the name, the parent and its start.
        cursor.Skip(_header.Version >= 20 ? 4UL : 12);
        var name = (int)cursor.ReadUInt32();
        var parentPc = (int)cursor.ReadUInt32();
        call = (name, parentPc, _header.Version >= 20 ? (int)cursor.ReadUInt32() : 0);
        return !cursor.Failed && name >= 0;
    }

    /// <summary>
    /// A table of values along the code: pairs of what the value grows by (zigzag) and for how much code it then holds.
    /// It starts at -1; a zero ends it.
    /// </summary>
    private int Value(uint offset, ulong entry, ulong at)
    {
        var cursor = Cursor((long)_header.Values + offset);
        var (value, pc) = (-1, entry);
        for (var step = 0; step < StepsMax; step++)
        {
            var delta = (uint)cursor.ReadUleb();
            if (cursor.Failed || (delta == 0 && step > 0)) return -1;
            value = unchecked(value + (int)((delta >> 1) ^ (0 - (delta & 1))));
            pc = unchecked(pc + (cursor.ReadUleb() * _header.Quantum));
            if (at < pc) return value;
        }
        return -1;
    }
}
