using Kagari.Profiles;

namespace Kagari.Simulation;

/// <summary>A file: what readers see, what would survive a power cut, and the changes between the two.</summary>
internal sealed class SimulatedFile
{
    private readonly List<Change> _unsynced = [];
    private FlatList<byte> _visible;
    private FlatList<byte> _durable;
    private bool _pagesDropped;

    /// <summary>Bytes at a place, or where <paramref name="Bytes"/> is null a new length.</summary>
    private readonly record struct Change(int Offset, byte[]? Bytes);

    public int Length => _visible.Count;

    public int DurableLength => _durable.Count;

    public ReadOnlySpan<byte> Visible => _visible.Span;

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) return;
        var copy = bytes.ToArray();
        Apply(ref _visible, new Change(offset, copy));
        _unsynced.Add(new Change(offset, copy));
    }

    public void SetLength(int length)
    {
        Apply(ref _visible, new Change(length, null));
        _unsynced.Add(new Change(length, null));
    }

    public void Sync()
    {
        foreach (var change in _unsynced) Apply(ref _durable, change);
        _unsynced.Clear();
    }

    /// <summary>
    /// A sync that failed: the system may mark the pages clean although they never reached the disk. Readers see them
    /// until they are read anew, and no later sync writes them.
    /// </summary>
    public void DropUnsynced()
    {
        _pagesDropped |= _unsynced.Count > 0;
        _unsynced.Clear();
    }

    /// <summary>The process died: everything written is still in the page cache, except pages that were dropped.</summary>
    public void Kill()
    {
        if (!_pagesDropped) return;
        _visible.Clear();
        _visible.AddRange(_durable.Span);
        foreach (var change in _unsynced) Apply(ref _visible, change);
        _pagesDropped = false;
    }

    /// <summary>The power went: of each change that was not synced, whatever chance says.</summary>
    public void PowerCut(Random random, int pageBytes)
    {
        var mode = random.Next(5);
        var cutAt = mode == 2 ? random.Next(_unsynced.Count + 1) : int.MaxValue;
        for (var i = 0; i < _unsynced.Count; i++)
        {
            var change = _unsynced[i];
            switch (mode)
            {
                case 0: break;                                             // all lost
                case 1: Apply(ref _durable, change); break;                // all kept
                case 2:                                                    // kept up to a torn one
                    if (i < cutAt) Apply(ref _durable, change);
                    else if (i == cutAt) ApplyTorn(change, random);
                    break;
                case 3:                                                    // each for itself
                    if (random.Next(3) is var fate && fate == 0) Apply(ref _durable, change);
                    else if (fate == 1) ApplyTorn(change, random);
                    break;
                default: ApplyPages(change, random, pageBytes); break;     // page by page, in any order
            }
        }
        _unsynced.Clear();
        _pagesDropped = false;
        _visible.Clear();
        _visible.AddRange(_durable.Span);
    }

    /// <summary>A bit of the medium changes: for all readers, for good.</summary>
    public void Flip(int offset, int bit)
    {
        _durable.Span[offset] ^= (byte)(1 << bit);
        if (offset < _visible.Count) _visible.Span[offset] ^= (byte)(1 << bit);
    }

    private void ApplyTorn(in Change change, Random random)
    {
        if (change.Bytes is { } bytes) Apply(ref _durable, change with { Bytes = bytes[..random.Next(bytes.Length + 1)] });
    }

    private void ApplyPages(in Change change, Random random, int pageBytes)
    {
        if (change.Bytes is not { } bytes)
        {
            if (random.Next(2) == 0) Apply(ref _durable, change);
            return;
        }
        for (var start = 0; start < bytes.Length;)
        {
            var end = Math.Min(bytes.Length, start + pageBytes - ((change.Offset + start) % pageBytes));
            if (random.Next(2) == 0) Apply(ref _durable, new Change(change.Offset + start, bytes[start..end]));
            start = end;
        }
        // The length may be durable before the pages are: zeros at the end.
        if (random.Next(3) == 0 && _durable.Count < change.Offset + bytes.Length) _durable.Resize(change.Offset + bytes.Length);
    }

    private static void Apply(ref FlatList<byte> content, in Change change)
    {
        if (change.Bytes is not { } bytes)
        {
            content.Resize(change.Offset);
            return;
        }
        if (content.Count < change.Offset + bytes.Length) content.Resize(change.Offset + bytes.Length);
        bytes.CopyTo(content.Span[change.Offset..]);
    }
}
