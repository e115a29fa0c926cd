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

    /// <summary>An inlined call: its name, and where in the function around it the call was.</summary>
    private bool TryReadInlined(in GoFunction function, int index, out (int Name, int ParentPc, int StartLine) call)
    {
        call = default;
        var tree = _header.Version >= 18 ? InlineTree(function) : OldInlineTree(function);
        var at = (long)index * (_header.Version >= 20 ? 16 : 20);
        if (at >= tree.Length) return false;
        var cursor = new ByteCursor(tree.Span, _isBigEndian, (int)at);
        // Before 1.20: parent, file and line come before the name; after it: the name, the parent and its start.
        cursor.Skip(_header.Version >= 20 ? 4UL : 12);
        var name = (int)cursor.ReadUInt32();
        var parentPc = (int)cursor.ReadUInt32();
        call = (name, parentPc, _header.Version >= 20 ? (int)cursor.ReadUInt32() : 0);
        return !cursor.Failed && name > 0 && parentPc >= 0 && (long)_header.Names + name < _memory.Length;
    }

    private ReadOnlyMemory<byte> InlineTree(in GoFunction function)
    {
        const int Tree = 3;
        if (Tree >= function.FunctionDataCount) return default;
        var cursor = Cursor(function.Data + (4L * function.DataCount) + (4L * Tree));
        var offset = cursor.ReadUInt32();
        return cursor.Failed || offset >= (uint)_functionData.Length ? default : _functionData[(int)offset..];
    }

    /// <summary>Before 1.18 functions hold addresses; in programs that may be loaded anywhere only the loader knows them.</summary>
    private ReadOnlyMemory<byte> OldInlineTree(in GoFunction function)
    {
        var tree = _header.Version == 2 ? 4 : 3;
        if (tree >= function.FunctionDataCount) return default;
        var at = function.Data + (4L * function.DataCount);
        if (_header.PointerBytes == 8 && (at & 4) != 0) at += 4;
        var address = Cursor(at + ((long)tree * _header.PointerBytes)).ReadSized(_header.PointerBytes);
        return address == 0 ? default : _elf.LoadedAt(address);
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
