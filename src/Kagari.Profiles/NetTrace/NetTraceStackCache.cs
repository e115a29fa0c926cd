namespace Kagari.Profiles;

/// <summary>The stacks that events may name until the next sequence point.</summary>
/// <remarks>Blocks count their stacks on, so a search through the few blocks finds one. Ids that do not rise start anew.</remarks>
internal struct NetTraceStackCache
{
    private FlatList<(int FirstId, int Row)> _blocks;
    private FlatList<int> _ends;
    private FlatList<ulong> _frames;

    public readonly int FrameCount => _frames.Count;

    /// <summary>Reads a block: first id, count, and for each stack its bytes and their number; false where it does not hold.</summary>
    public bool TryAdd(ReadOnlySpan<byte> block, int pointerBytes)
    {
        var cursor = new NetTraceCursor(block);
        var (firstId, count) = (cursor.ReadInt32(), cursor.ReadInt32());
        // Each stack takes four bytes at least, so the count cannot be more than a block may hold.
        if (cursor.Failed || firstId < 0 || count < 0 || count > cursor.Left / 4 || firstId > int.MaxValue - count) return false;
        if (_blocks.Count > 0 && firstId < NextId) Clear();
        _blocks.Add((firstId, _ends.Count));
        for (; count > 0; count--)
        {
            var bytes = cursor.ReadInt32();
            if (cursor.Failed || bytes < 0 || bytes % pointerBytes != 0 || bytes > cursor.Left) return false;
            for (var frames = bytes / pointerBytes; frames > 0; frames--) _frames.Add(cursor.ReadPointer(pointerBytes));
            _ends.Add(_frames.Count);
        }
        return !cursor.Failed;
    }

    /// <summary>The addresses of a stack; none for 0 and for ids that never came.</summary>
    public readonly ReadOnlySpan<ulong> Find(int id)
    {
        if (_blocks.Count == 0 || id <= 0) return default;
        var (low, high) = (0, _blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_blocks[middle].FirstId <= id) low = middle;
            else high = middle - 1;
        }
        var (firstId, first) = _blocks[low];
        var last = low + 1 < _blocks.Count ? _blocks[low + 1].Row : _ends.Count;
        if (id < firstId || id - firstId >= last - first) return default;
        var row = first + (id - firstId);
        var start = row == 0 ? 0 : _ends[row - 1];
        return _frames.Span[start.._ends[row]];
    }

    public void Clear()
    {
        _blocks.Clear();
        _ends.Clear();
        _frames.Clear();
    }

    private readonly int NextId => _blocks[_blocks.Count - 1].FirstId + (_ends.Count - _blocks[_blocks.Count - 1].Row);
}
