namespace Kagari.Symbols;

internal sealed partial class DwarfFile
{
    /// <summary>Appends the calls at an address, innermost first; the outermost one has no linkage name where the entry has none.</summary>
    /// <param name="address">An address of the file.</param>
    /// <param name="symbols">Knows the symbol tables, for functions that have only a short name here.</param>
    /// <param name="frames">Is appended to.</param>
    /// <param name="line">Where the address is, where only that is known.</param>
    public bool TryResolve(ulong address, ExecutableSymbols symbols, List<SymbolFrame> frames, out (string File, int Line) line)
    {
        line = ("", 0);
        if (IsEmpty) return false;
        var path = t_path ??= [];
        var index = _index.Value;
        for (var found = index.Find(address); found >= 0; found = index.FindOuter(found, address))
        {
            var unit = index.UnitOf(found);
            path.Clear();
            if (!unit.Functions(this).TryFind(address, path))
            {
                if (line.Line == 0) line = unit.Lines(this).Find(address);
                continue;
            }
            var before = frames.Count;
            Append(unit, path, address, symbols, frames);
            if (frames.Count > before) return true;
        }
        return false;
    }

    [ThreadStatic]
    private static List<DwarfCall>? t_path;

    private void Append(DwarfUnit unit, List<DwarfCall> path, ulong address, ExecutableSymbols symbols, List<SymbolFrame> frames)
    {
        var lines = unit.Lines(this);
        var (file, line) = lines.Find(address);
        var left = _limits.FramesMax;
        for (var i = path.Count - 1; i >= 0 && left > 0; i--, left--)
        {
            var call = path[i];
            var name = NameOf(unit, call.Entry);
            var (function, systemName) = (name.Function, name.SystemName);
            // Only what is mangled says more.
            if (i == 0 && !name.IsLinkage && symbols.TryFindSymbol(address, out var symbol) && (symbol.Function != symbol.SystemName || function.Length == 0))
                (function, systemName) = (symbol.Function, symbol.SystemName);
            // A call without any name says nothing; its caller takes its place.
            if (function.Length > 0) frames.Add(new SymbolFrame(function, systemName, file, line, name.StartLine));
            (file, line) = (lines.FileOf(call.CallFile), call.CallLine);
        }
    }
}
