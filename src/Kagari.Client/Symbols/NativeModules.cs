using System.Buffers.Text;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Client.Symbols;

/// <summary>The files whose code this process has in memory, by address: native libraries, and assemblies that were compiled ahead.</summary>
/// <remarks>proc(5), /proc/pid/maps: <c>start-end permissions offset device inode path</c>, in hexadecimal. Where there is no such file, all is unknown.</remarks>
internal sealed class NativeModules
{
    private readonly byte[] _buffer = new byte[16 << 10];
    private readonly List<string> _paths = [];
    private readonly List<string> _names = [];
    private FlatList<(ulong Start, ulong End, int Row)> _ranges;

    /// <summary>Reads the map anew.</summary>
    public void Refresh()
    {
        _ranges.Clear();
        _paths.Clear();
        _names.Clear();
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            using var file = File.OpenHandle("/proc/self/maps");
            var kept = 0;
            // A line that is longer than the buffer ends the reading: paths have 4096 bytes at most.
            for (var at = 0L; RandomAccess.Read(file, _buffer.AsSpan(kept), at) is > 0 and var count; at += count)
            {
                var text = _buffer.AsSpan(0, kept + count);
                while (text.IndexOf((byte)'\n') is >= 0 and var end)
                {
                    Add(text[..end]);
                    text = text[(end + 1)..];
                }
                text.CopyTo(_buffer);
                kept = text.Length;
            }
        }
        catch (IOException)
        {
            // What came so far is right; the rest stays unknown.
        }
    }

    /// <summary>The library at an address, as <c>[libc.so.6]</c>; null: none, as for code that was compiled in memory or ahead.</summary>
    public string? Find(ulong address) => RowOf(address) is >= 0 and var row && _names[row].Length > 0 ? _names[row] : null;

    /// <summary>The path of the file at an address; empty: none.</summary>
    public string PathOf(ulong address) => RowOf(address) is >= 0 and var row ? _paths[row] : "";

    private int RowOf(ulong address)
    {
        var ranges = _ranges.Span;
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].End <= address) low = middle + 1;
            else high = middle;
        }
        return low < ranges.Length && ranges[low].Start <= address ? ranges[low].Row : -1;
    }

    private void Add(ReadOnlySpan<byte> line)
    {
        var dash = line.IndexOf((byte)'-');
        var blank = line.IndexOf((byte)' ');
        if (dash <= 0 || blank <= dash || blank + 4 >= line.Length || line[blank + 3] != 'x') return;
        var path = line.IndexOf((byte)'/') is > 0 and var slash ? line[slash..] : line.EndsWith("[vdso]"u8) ? "[vdso]"u8 : default;
        if (path.IsEmpty || path.StartsWith("/memfd:"u8)) return;   // a memfd is the runtime's own compiled code
        if (!Utf8Parser.TryParse(line[..dash], out ulong start, out _, 'x') || !Utf8Parser.TryParse(line[(dash + 1)..blank], out ulong end, out _, 'x')) return;
        _ranges.Add((start, end, RowOf(path)));
    }

    /// <summary>Its number; most lines are of the file of the line before.</summary>
    private int RowOf(ReadOnlySpan<byte> utf8)
    {
        var path = Encoding.UTF8.GetString(utf8);
        if (_paths.Count > 0 && _paths[^1] == path) return _paths.Count - 1;
        _paths.Add(path);
        _names.Add(path.EndsWith(".dll", StringComparison.Ordinal) || path.EndsWith(".exe", StringComparison.Ordinal) ? "" : path.StartsWith('[') ? path : $"[{path[(path.LastIndexOf('/') + 1)..]}]");
        return _paths.Count - 1;
    }
}
