using System.Diagnostics;
using Kagari.Client.Collecting;
using Kagari.Client.Diagnostics;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>A source that counts events of the runtime, each on the thread that it is about.</summary>
/// <remarks>
/// Slowed to one nth its session runs for the first nth of each window only: the runtime has no way to send fewer
/// events. What is counted then stands for the whole window, by the time that the session ran in it.
/// </remarks>
internal abstract class EventPipeSource : IProfileSource, INetTraceHandler
{
    private readonly string _name;
    private readonly bool _withStacks;
    private readonly EventPipeProvider[] _providers;
    private EventPipeSession? _session;
    private SampleWindow _open, _closed;
    private long _openedAt = Stopwatch.GetTimestamp(), _pausedAt;   // of the open window; 0: not for the budget
    private long _lost;
    private long _closedAt = long.MinValue;   // events up to here still come for the closed window

    /// <summary>Does not start yet.</summary>
    protected EventPipeSource(ClientContext client, string name, bool withStacks, params EventPipeProvider[] providers)
    {
        (Client, _name, _withStacks, _providers) = (client, name, withStacks, providers);
        (_open, _closed) = (client.NewWindow(), client.NewWindow());
    }

    public string? Problem => _session?.Failure;

    public SourceCost Cost => new(ClosedEvents * EventNanos, 0);

    /// <summary>Whether no events come now.</summary>
    public bool IsPaused => _session is null;

    /// <summary>When a slowed source pauses, after the start of a window; null: it does not.</summary>
    public TimeSpan? PauseAfter => Factor > 1 ? Client.Options.UploadInterval / Factor : null;

    protected ClientContext Client { get; }

    protected NetTraceInfo Trace { get; private set; }

    /// <summary>The window that was closed last.</summary>
    protected SampleWindow Closed => _closed;

    private int Factor { get; set; } = 1;

    /// <summary>How many times what was counted in the closed window stands for it: 1 unless the session rested for the budget.</summary>
    protected double ClosedScale { get; private set; } = 1;

    protected long ClosedEvents { get; private set; }

    protected long OpenEvents { get; set; }

    /// <summary>A count of the closed window, for all of it.</summary>
    protected long Scale(long count) => (long)Math.Round(count * ClosedScale);

    /// <summary>Held while events come.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>A walk over the stack and the record, on the program's own thread: measured 6 to 7 µs with reading it.</summary>
    protected virtual long EventNanos => 4_000;

    /// <summary>Starts or goes on.</summary>
    /// <exception cref="IOException">The runtime refuses.</exception>
    public void Resume() => _session ??= EventPipeSession.Start(Client.Port, _name, this, Gate, Client.Threads, _withStacks, 0, _providers);

    /// <summary>Pauses; all events so far have come afterwards.</summary>
    public void Pause()
    {
        var session = _session;
        _session = null;
        session?.Dispose();
        _lost = 0;
    }

    /// <summary>Pauses to keep within the budget: what was counted so far stands for the rest of the window too.</summary>
    public void PauseForBudget()
    {
        Pause();
        lock (Gate) _pausedAt = Stopwatch.GetTimestamp();
    }

    public virtual void CloseWindow()
    {
        lock (Gate)
        {
            (_open, _closed) = (_closed, _open);
            _open.Clear();
            Client.Count(_closed, _name);
            (ClosedEvents, OpenEvents) = (OpenEvents, 0);
            _closedAt = Stopwatch.GetTimestamp();
            ClosedScale = _pausedAt > _openedAt ? (double)(_closedAt - _openedAt) / (_pausedAt - _openedAt) : 1;
            (_openedAt, _pausedAt) = (_closedAt, 0);
            var lost = _session?.LostEvents ?? 0;
            if (lost > _lost) Client.Metrics.SamplesLost(lost - _lost, _name);
            _lost = lost;
        }
    }

    public void Build(ProfileAssembly assembly)
    {
        // What comes later than this for the closed window counts in the open one: late, but not lost.
        lock (Gate) _closedAt = long.MinValue;
        BuildClosed(assembly);
    }

    public void Slow(int factor) => Factor = factor;

    public void Dispose() => Pause();

    public void OnTrace(in NetTraceInfo trace) => Trace = trace;

    public void OnEventType(NetTraceEventType type) => type.Tag = (int)RuntimeEvents.KindOf(type);

    /// <remarks>The runtime hands events on every 100 ms, so the last ones of a window come after it was closed.</remarks>
    public void OnEvent(in NetTraceEvent e)
    {
        OpenEvents++;
        Take((RuntimeEventKind)e.Type.Tag, e);
    }

    /// <summary>Adds the profiles of <see cref="Closed"/>.</summary>
    protected abstract void BuildClosed(ProfileAssembly assembly);

    /// <summary>The window that an event of this time is in. Both clocks are the monotonic one.</summary>
    protected SampleWindow WindowAt(long ticks) => IsClosedAt(ticks) ? _closed : _open;

    /// <summary>Whether an event of this time is in the closed window.</summary>
    protected bool IsClosedAt(long ticks) => ticks <= _closedAt;

    /// <summary>Takes an event.</summary>
    protected abstract void Take(RuntimeEventKind kind, in NetTraceEvent e);

    /// <summary>The labels of the thread that an event is about, when it came.</summary>
    protected LabelContext? LabelsOf(in NetTraceEvent e) => Client.LabelsOf((int)e.ThreadId, e.Ticks);
}
