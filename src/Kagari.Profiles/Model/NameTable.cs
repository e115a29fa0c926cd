using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Kagari.Profiles;

/// <summary>Interned UTF-8 texts: equal bytes get equal ids, ids are dense from 0.</summary>
/// <remarks>
/// One arena of bytes, one array of ends and one open-addressing table of ids; no object per text.
/// Not thread safe. Spans handed out stay valid until the next <see cref="Intern(ReadOnlySpan{byte})"/>.
/// </remarks>
public sealed class NameTable
{
    private FlatList<byte> _bytes;
    private FlatList<int> _ends;
    private FlatList<ulong> _hashes;
    private int[] _slots = new int[64];   // id + 1; 0 = empty; length is a power of two

    /// <summary>How many different texts there are.</summary>
    public int Count => _ends.Count;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _bytes.Capacity + (4L * _ends.Capacity) + (8L * _hashes.Capacity) + (4L * _slots.Length);

    /// <summary>The text with this id.</summary>
    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            var start = id == 0 ? 0 : _ends[id - 1];
            return _bytes.Span[start.._ends[id]];
        }
    }

    /// <summary>The <see cref="XxHash64"/> of the text with this id.</summary>
    public ulong HashOf(int id) => _hashes[id];

    /// <summary>The text with this id as a string; bytes that are no UTF-8 become U+FFFD.</summary>
    public string GetString(int id) => Encoding.UTF8.GetString(this[id]);

    /// <summary>The id of this text; it is added if it is new.</summary>
    public int Intern(ReadOnlySpan<byte> text) => Intern(text, XxHash64.Of(text));

    /// <summary>The same, where the caller already has the hash.</summary>
    public int Intern(ReadOnlySpan<byte> text, ulong hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var at = (int)hash & mask;
        for (int entry; (entry = slots[at]) != 0; at = (at + 1) & mask)
            if (_hashes[entry - 1] == hash && this[entry - 1].SequenceEqual(text)) return entry - 1;
        return Add(text, hash, at);
    }

    /// <summary>The id of this text; it is added if it is new.</summary>
    [SkipLocalsInit]
    public int Intern(string text)
    {
        Span<byte> buffer = stackalloc byte[512];
        return Encoding.UTF8.TryGetBytes(text, buffer, out var written)
            ? Intern(buffer[..written])
            : Intern(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Whether this text is in the table, and under which id.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out int id)
    {
        var hash = XxHash64.Of(text);
        var mask = _slots.Length - 1;
        for (var at = (int)hash & mask; _slots[at] != 0; at = (at + 1) & mask)
        {
            id = _slots[at] - 1;
            if (_hashes[id] == hash && this[id].SequenceEqual(text)) return true;
        }
        id = -1;
        return false;
    }

    /// <summary>Forgets all texts, keeps the memory.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _ends.Clear();
        _hashes.Clear();
        Array.Clear(_slots);
    }

    private int Add(ReadOnlySpan<byte> text, ulong hash, int slot)
    {
        var id = _ends.Count;
        _bytes.AddRange(text);
        _ends.Add(_bytes.Count);
        _hashes.Add(hash);
        _slots[slot] = id + 1;
        if (_ends.Count * 2 > _slots.Length) Rehash();
        return id;
    }

    private void Rehash()
    {
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)_ends.Count * 4)];
        var mask = _slots.Length - 1;
        for (var id = 0; id < _ends.Count; id++)
        {
            var at = (int)_hashes[id] & mask;
            while (_slots[at] != 0) at = (at + 1) & mask;
            _slots[at] = id + 1;
        }
    }
}
