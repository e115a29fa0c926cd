using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Where calls of a function are, each place with a key, and what was summed there.</summary>
internal sealed class LinePlaces
{
    /// <summary>The key that every call has.</summary>
    public const int Function = 0;

    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string File, long Line), int> _lines = [];
    private FlatList<long> _selfs;
    private FlatList<long> _totals;
    private FlatList<long> _starts;

    public LinePlaces() => NewKey();

    /// <summary>How many keys there are.</summary>
    public int Count => _selfs.Count;

    public IEnumerable<(string File, int Key)> Files => _files.Select(f => (f.Key, f.Value));

    public IEnumerable<(string File, long Line, int Key)> Lines => _lines.Select(l => (l.Key.File, l.Key.Line, l.Value));

    /// <summary>The place of a call; lines that are no numbers from 1 are unknown.</summary>
    public LinePlace Of(string file, long startLine, long line)
    {
        line = Math.Max(line, 0);
        if (!_files.TryGetValue(file, out var fileKey)) _files.Add(file, fileKey = NewKey());
        if (!_lines.TryGetValue((file, line), out var key)) _lines.Add((file, line), key = NewKey());
        return new LinePlace(fileKey, key, Math.Max(startLine, 0));
    }

    public long SelfOf(int key) => _selfs[key];

    public long TotalOf(int key) => _totals[key];

    /// <summary>Where the function begins in a file, by its key.</summary>
    public long StartOf(int key) => _starts[key];

    public void AddSelf(int key, long value) => _selfs[key] = Saturating.Add(_selfs[key], value);

    public void AddTotal(int key, long value) => _totals[key] = Saturating.Add(_totals[key], value);

    /// <summary>Notes that a stack that counts has a call.</summary>
    public void NoteStart(in LinePlace place) => _starts[place.File] = Earlier(_starts[place.File], place.StartLine);

    /// <summary>The first of two lines, where one may be unknown.</summary>
    public static long Earlier(long a, long b) => a == 0 ? b : b == 0 ? a : Math.Min(a, b);

    private int NewKey()
    {
        _selfs.Add(0);
        _totals.Add(0);
        _starts.Add(0);
        return _selfs.Count - 1;
    }
}

/// <summary>The place of a call as keys.</summary>
/// <param name="File">Of the file.</param>
/// <param name="Line">Of the line in it.</param>
/// <param name="StartLine">Where the function begins; 0 = not known.</param>
internal readonly record struct LinePlace(int File, int Line, long StartLine)
{
    /// <summary>How many places a call is at.</summary>
    public const int Keys = 3;

    public int this[int i] => i switch { 0 => LinePlaces.Function, 1 => File, _ => Line };
}
