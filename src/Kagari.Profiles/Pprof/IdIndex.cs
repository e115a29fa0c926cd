using System.Numerics;
using System.Runtime.InteropServices;

namespace Kagari.Profiles;

/// <summary>Maps the ids that pprof messages carry to their index, in the cheapest way the ids allow.</summary>
/// <remarks>
/// Most producers number 1, 2, 3…: then an id minus one is the index. Dense ids with gaps get a table. Others
/// (64-bit hashes, addresses, as Java and dd-trace send) get open addressing. Of equal ids the first counts.
/// </remarks>
internal sealed class IdIndex
{
    private int[] _table = [];            // dense: index + 1 by id; hashed: index + 1 by slot
    private ulong[] _hashedIds = [];
    private Kind _kind;
    private int _count;

    /// <summary>Differs from process to process, so that nobody can send ids that all meet in one slot.</summary>
    private static readonly ulong Seed = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    private enum Kind
    {
        Sequential,
        Dense,
        Hashed,
    }

    public void Build(ReadOnlySpan<ulong> ids)
    {
        _count = ids.Length;
        ulong max = 0;
        var sequential = true;
        for (var i = 0; i < ids.Length; i++)
        {
            sequential &= ids[i] == (ulong)i + 1;
            max = Math.Max(max, ids[i]);
        }
        if (sequential)
        {
            _kind = Kind.Sequential;
            return;
        }
        if (max < (ulong)ids.Length * 8 + 1024)
        {
            _kind = Kind.Dense;
            Reset((int)max + 1);
            for (var i = ids.Length - 1; i >= 0; i--) _table[(int)ids[i]] = i + 1;
            return;
        }
        _kind = Kind.Hashed;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)ids.Length * 2 + 2);
        Reset(size);
        if (_hashedIds.Length < size) _hashedIds = new ulong[size];
        _count = size;
        for (var i = 0; i < ids.Length; i++)
        {
            var at = Slot(ids[i], size - 1);
            while (_table[at] != 0 && _hashedIds[at] != ids[i]) at = (at + 1) & (size - 1);
            if (_table[at] != 0) continue;
            _table[at] = i + 1;
            _hashedIds[at] = ids[i];
        }
    }

    /// <summary>Turns ids into indexes in place where all ids are 1, 2, 3… and all entries are among them; else touches nothing.</summary>
    public bool TryResolveSequential(Span<int> entries)
    {
        if (_kind != Kind.Sequential) return false;
        // One pass to check and one to change, a vector at a time; nearly every profile takes them.
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(entries);
        var rest = entries[(vectors.Length * Vector<int>.Count)..];
        var bad = Vector<int>.Zero;
        var most = new Vector<int>(_count);
        foreach (ref readonly var entry in vectors) bad |= (entry - Vector<int>.One) | (most - entry);
        var badRest = 0;
        foreach (var entry in rest) badRest |= (entry - 1) | (_count - entry);
        if (badRest < 0 || Vector.LessThanAny(bad, Vector<int>.Zero)) return false;
        foreach (ref var entry in vectors) entry -= Vector<int>.One;
        foreach (ref var entry in rest) entry--;
        return true;
    }

    /// <summary>The index of an id, or −1.</summary>
    public int Find(ulong id)
    {
        switch (_kind)
        {
            case Kind.Sequential: return id - 1 < (ulong)_count ? (int)(id - 1) : -1;
            case Kind.Dense: return id < (ulong)_count ? _table[(int)id] - 1 : -1;
            default:
                var mask = _count - 1;
                for (var at = Slot(id, mask); _table[at] != 0; at = (at + 1) & mask)
                    if (_hashedIds[at] == id) return _table[at] - 1;
                return -1;
        }
    }

    private static int Slot(ulong id, int mask) => (int)(XxHash64.Mix(id, Seed) & (uint)mask);

    private void Reset(int size)
    {
        _count = size;
        if (_table.Length < size) _table = new int[size];
        else Array.Clear(_table, 0, size);
    }
}
