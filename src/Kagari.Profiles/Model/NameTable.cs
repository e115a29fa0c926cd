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
    private HashIndex _index;

    /// <summary>How many different texts there are.</summary>
    public int Count => _ends.Count;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _bytes.Capacity + (4L * _ends.Capacity) + (8L * _hashes.Capacity) + _index.MemoryBytes;

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
        if (TryFind(text, hash, out var id)) return id;
        id = _ends.Count;
        _bytes.AddRange(text);
        _ends.Add(_bytes.Count);
        _hashes.Add(hash);
        _index.Add(hash, id);
        return id;
    }

    /// <summary>The same, where the text is probably the one with id <paramref name="guess"/>.</summary>
    /// <remarks>Lists in one order have their texts in a row: the one after the last is a guess that costs no search.</remarks>
    public int Intern(ReadOnlySpan<byte> text, ulong hash, int guess) =>
        (uint)guess < (uint)_ends.Count && _hashes[guess] == hash && this[guess].SequenceEqual(text) ? guess : Intern(text, hash);

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
    public bool TryFind(ReadOnlySpan<byte> text, out int id) => TryFind(text, XxHash64.Of(text), out id);

    /// <summary>The hash of a text; its table entry is on the way to the cache afterwards.</summary>
    public ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = XxHash64.Of(text);
        _index.Prefetch(hash);
        return hash;
    }

    /// <summary>The same, where the caller already has the hash.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, ulong hash, out int id)
    {
        var probe = HashIndex.Probe(hash);
        while (_index.Next(ref probe, out id))
            if (_hashes[id] == hash && this[id].SequenceEqual(text)) return true;
        return false;
    }

    /// <summary>A table of the same texts and ids with no more memory than they need.</summary>
    public NameTable Copy()
    {
        var copy = new NameTable();
        copy._bytes.AddRange(_bytes.Span);
        copy._ends.AddRange(_ends.Span);
        copy._hashes.AddRange(_hashes.Span);
        copy._index = _index.Copy();
        return copy;
    }

    /// <summary>The texts as they are now, for readers beside a writer.</summary>
    public NameView View() => new(_bytes.Memory, _ends.Memory, _hashes.Memory);

    /// <summary>Forgets all texts, keeps the memory.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _ends.Clear();
        _hashes.Clear();
        _index.Clear();
    }
}

/// <summary>The texts of a <see cref="NameTable"/> as they were at one time; safe to read while the table grows.</summary>
/// <param name="Bytes">All texts one after the other.</param>
/// <param name="Ends">Where each text ends.</param>
/// <param name="Hashes">The hash of each text.</param>
public readonly record struct NameView(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<int> Ends, ReadOnlyMemory<ulong> Hashes)
{
    /// <summary>The text with this id.</summary>
    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            var ends = Ends.Span;
            var start = id == 0 ? 0 : ends[id - 1];
            return Bytes.Span[start..ends[id]];
        }
    }

    /// <summary>The text with this id as a string.</summary>
    public string GetString(int id) => System.Text.Encoding.UTF8.GetString(this[id]);
}
