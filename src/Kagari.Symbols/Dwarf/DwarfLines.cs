using System.Collections.Concurrent;

namespace Kagari.Symbols;

/// <summary>Files and lines of a unit by address.</summary>
/// <remarks>
/// Rows of all sequences stand in one array, sequence by sequence; each sequence is sorted by address. Rows that say the
/// same as the one before are left out.
/// </remarks>
internal sealed class DwarfLines
{
    private readonly DwarfLineRow[] _rows;
    private readonly IntervalMap _sequences;
    private readonly int[] _starts;
    private readonly int[] _sequenceEnds;
    private readonly (string Name, int Folder)[] _files;
    private readonly string[] _folders;
    private readonly int _filesFrom;
    private readonly ConcurrentDictionary<int, string> _paths = new();

    /// <param name="rows">Of all sequences.</param>
    /// <param name="sequences">Where each is, with the index of its first row, and the index after its last one.</param>
    /// <param name="files">With the index of their folder.</param>
    /// <param name="folders">Full paths.</param>
    /// <param name="filesFrom">The number of the first file: 0 from DWARF 5 on, 1 before.</param>
    public DwarfLines(List<DwarfLineRow> rows, List<(Interval Range, int End)> sequences, (string Name, int Folder)[] files, string[] folders, int filesFrom)
    {
        _rows = [.. rows];
        _sequenceEnds = [.. sequences.Select(s => s.End)];
        _sequences = new IntervalMap([.. sequences.Select((s, i) => s.Range with { Value = i })]);
        _starts = [.. sequences.Select(s => s.Range.Value)];
        (_files, _folders, _filesFrom) = (files, folders, filesFrom);
        MemoryBytes = (16L * _rows.Length) + _sequences.MemoryBytes + (8L * _starts.Length) + (48L * (files.Length + folders.Length));
    }

    public static DwarfLines Empty { get; } = new([], [], [], [], 1);

    public long MemoryBytes { get; }

    /// <summary>The file and line of an address; "" and 0 where there are none.</summary>
    public (string File, int Line) Find(ulong address)
    {
        for (var found = _sequences.Find(address); found >= 0; found = _sequences.FindOuter(found, address))
        {
            var sequence = _sequences.ValueOf(found);
            var (low, high) = (_starts[sequence], _sequenceEnds[sequence]);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (_rows[middle].Address <= address) low = middle + 1;
                else high = middle;
            }
            if (low > _starts[sequence]) return (FileOf(_rows[low - 1].File), _rows[low - 1].Line);
        }
        return ("", 0);
    }

    /// <summary>The path of a file by its number; empty where it has none.</summary>
    public string FileOf(int number)
    {
        var index = number - _filesFrom;
        if ((uint)index >= (uint)_files.Length) return "";
        return _paths.GetOrAdd(index, static (i, lines) =>
        {
            var (name, folder) = lines._files[i];
            return Join((uint)folder < (uint)lines._folders.Length ? lines._folders[folder] : "", name);
        }, this);
    }

    /// <summary>Go's compiler says that it worked in ".".</summary>
    public static string Join(string folder, string name) =>
        folder.Length == 0 || folder == "." || name.StartsWith('/') ? name : name.Length == 0 ? folder : folder.EndsWith('/') ? folder + name : $"{folder}/{name}";
}
