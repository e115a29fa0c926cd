namespace Kagari.Symbols;

/// <summary>The table by which Go programs know their own functions, files and lines; stripping does not remove it.</summary>
/// <remarks>Nothing is copied: each question walks the bytes of the file. Thread safe. Total.</remarks>
internal sealed partial class GoTable
{
    private const int InlineIndex = 2;

    private readonly ElfFile _elf;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly bool _isBigEndian;
    private readonly GoHeader _header;
    private readonly ulong _text;
    private readonly ReadOnlyMemory<byte> _functionData;
    private readonly int _framesMax;

    /// <param name="elf">The file around it.</param>
    /// <param name="table">From the header on.</param>
    /// <param name="header">Its header.</param>
    /// <param name="text">Where functions count from, from 1.18 on.</param>
    /// <param name="functionData">What functions point into for their inlined calls, from 1.18 on; empty where it was not found.</param>
    /// <param name="framesMax">See <see cref="SymbolLimits.FramesMax"/>.</param>
    public GoTable(ElfFile elf, ReadOnlyMemory<byte> table, in GoHeader header, ulong text, ReadOnlyMemory<byte> functionData, int framesMax)
    {
        (_elf, _memory, _header, _isBigEndian, _text, _functionData, _framesMax) = (elf, table, header, elf.IsBigEndian, text, functionData, framesMax);
    }

    /// <summary>Appends the calls at an address, innermost first.</summary>
    public bool TryResolve(ulong address, List<SymbolFrame> frames)
    {
        if (!TryFindFunction(address, out var function)) return false;
        var at = address;
        var index = PcData(function, InlineIndex, at);
        for (var left = _framesMax - 1; index >= 0 && left > 0; left--)
        {
            if (!TryReadInlined(function, index, out var call)) break;
            Append(call.Name, call.StartLine, function, at, frames);
            at = unchecked(function.Entry + (ulong)call.ParentPc);
            index = PcData(function, InlineIndex, at);
        }
        Append(function.Name, function.StartLine, function, at, frames);
        return true;
    }

    private void Append(int nameOffset, int startLine, in GoFunction function, ulong at, List<SymbolFrame> frames)
    {
        var name = ByteCursor.TextAt(_memory.Span, (ulong)((long)_header.Names + nameOffset));
        var line = Value(function.LineValues, function.Entry, at);
        var file = Value(function.FileValues, function.Entry, at);
        frames.Add(new SymbolFrame(name, name, file < 0 ? "" : FileOf(function, file), Math.Max(0, line), Math.Max(0, startLine)));
    }

    private string FileOf(in GoFunction function, int file)
    {
        var span = _memory.Span;
        if (_header.Version == 2)
        {
            // Files are numbered from 1; the first word is their count.
            var old = Cursor(_header.Files + (4L * file)).ReadUInt32();
            return old == 0 ? "" : ByteCursor.TextAt(span, old);
        }
        var cursor = Cursor(_header.Units + (4L * ((long)function.Unit + file)));
        var offset = cursor.ReadUInt32();
        return cursor.Failed || offset == uint.MaxValue ? "" : ByteCursor.TextAt(span, (ulong)_header.Files + offset);
    }

    private ByteCursor Cursor(long at) => new(_memory.Span, _isBigEndian, at is >= 0 and <= int.MaxValue ? (int)at : -1);

    private bool TryFindFunction(ulong address, out GoFunction function)
    {
        function = default;
        var (low, high) = (0, _header.FunctionCount);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Row(middle).Start <= address) low = middle + 1;
            else high = middle;
        }
        // The row after the last function ends it.
        if (low == 0 || address >= Row(low).Start) return false;
        var (start, offset) = Row(low - 1);
        return TryReadFunction(start, offset, out function);
    }

    private (ulong Start, ulong Offset) Row(int index)
    {
        var cursor = Cursor(_header.Functions + ((long)index * _header.RowBytes));
        if (_header.Version >= 18)
        {
            var start = unchecked(_text + cursor.ReadUInt32());
            return (start, index < _header.FunctionCount ? cursor.ReadUInt32() : 0);
        }
        var entry = cursor.ReadSized(_header.PointerBytes);
        return (entry, index < _header.FunctionCount ? cursor.ReadSized(_header.PointerBytes) : 0);
    }
}
