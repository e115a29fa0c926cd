namespace Kagari.Profiles;

/// <summary>Counts events that threads sent and the trace lacks: each thread numbers its own from 1.</summary>
internal sealed class NetTraceSequences
{
    /// <summary>No process has more threads; of a file that claims so the rest is not followed.</summary>
    private const int ThreadsMax = 100_000;

    private IdTable<uint> _last;

    public long Lost { get; private set; }

    /// <summary>An event of a thread: all before it should have come.</summary>
    public void Saw(long thread, uint sequence)
    {
        if (!TryFollow(thread, out var row)) return;
        ref var last = ref _last[row];
        // A new thread with the number of one that ended starts at 1 again.
        if (sequence != 1) Count(last, sequence - 1);
        last = sequence;
    }

    /// <summary>A sequence point: all events of the thread up to this one should have come.</summary>
    public void Passed(long thread, uint sequence)
    {
        if (!TryFollow(thread, out var row)) return;
        ref var last = ref _last[row];
        if (Count(last, sequence)) last = sequence;
    }

    private bool TryFollow(long thread, out int row)
    {
        row = _last.Count < ThreadsMax ? _last.FindOrAdd(thread, 0) : _last.Find(thread);
        return row >= 0;
    }

    /// <summary>The numbers wrap around, so of two the later one is less than half a turn ahead.</summary>
    private bool Count(uint last, uint expected)
    {
        var gap = unchecked((int)(expected - last));
        if (gap > 0) Lost += gap;
        return gap > 0;
    }
}
