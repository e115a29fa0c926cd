using System.Text;

namespace Kagari.Profiles;

/// <summary>Collects what profiles are made of: samples by stack, and methods.</summary>
internal sealed partial class NetTraceCollector : INetTraceHandler
{
    private static readonly int s_kinds = Enum.GetValues<NetTraceProfileKind>().Length;

    private readonly SampleSums[] _samples = new SampleSums[s_kinds + 1];
    private readonly NameTable _exceptions = new();
    private NetTraceStacks _stacks;
    private FlatList<byte> _utf8;
    private IdTable<SamplerThread> _threads;
    private IdTable<PendingLock> _locks;

    /// <summary>The trace.</summary>
    public NetTraceInfo Trace { get; private set; }

    public NetTraceMethods Methods { get; } = new();

    /// <summary>The latest event.</summary>
    public long LastTicks { get; private set; } = long.MinValue;

    /// <summary>Events that are shorter than those of their kind are.</summary>
    public long Malformed { get; private set; }

    public void OnTrace(in NetTraceInfo trace) => Trace = trace;

    public void OnEventType(NetTraceEventType type) => type.Tag = (int)RuntimeEvents.KindOf(type);

    public void OnEvent(in NetTraceEvent e)
    {
        LastTicks = Math.Max(LastTicks, e.Ticks);
        var isWhole = (RuntimeEventKind)e.Type.Tag switch
        {
            RuntimeEventKind.Sample => TryTakeSample(e),
            RuntimeEventKind.AllocationTick => TryTakeAllocationTick(e),
            RuntimeEventKind.AllocationSampled => TryTakeAllocationSampled(e),
            RuntimeEventKind.ContentionStart => TryTakeContentionStart(e),
            RuntimeEventKind.ContentionStop => TryTakeContentionStop(e),
            RuntimeEventKind.Exception => TryTakeException(e),
            RuntimeEventKind.Method => Methods.TryAdd(e.Payload, e.Ticks),
            RuntimeEventKind.Module => Methods.TryAddModule(e.Payload),
            _ => true,
        };
        if (!isWhole) Malformed++;
    }

    /// <summary>The samples of a kind: stack, exception + 1 or 0, and values.</summary>
    public ReadOnlySpan<SampleSum> SamplesOf(NetTraceProfileKind kind)
    {
        // Ticks come every 100 KB of one thread and so favour large objects; where the runtime drew lots, those are the truth.
        var sampled = _samples[s_kinds].Span;
        return kind == NetTraceProfileKind.Alloc && !sampled.IsEmpty ? sampled : _samples[(int)kind].Span;
    }

    /// <summary>The addresses of a stack, leaf first.</summary>
    public ReadOnlySpan<ulong> StackOf(int stack) => _stacks[stack];

    /// <summary>The type of an exception.</summary>
    public ReadOnlySpan<byte> ExceptionOf(int number) => _exceptions[number];

    /// <summary>The time between two samples of a thread, nanoseconds: of the one that has most of them.</summary>
    /// <remarks>The sampler rests a fixed time between two rounds, so a period is longer than the one that was asked for, by what a round takes.</remarks>
    public long PeriodNanos()
    {
        var most = default(SamplerThread);
        for (var row = 0; row < _threads.Count; row++)
            if (_threads[row].Count > most.Count) most = _threads[row];
        var span = Trace.NanosBetween(most.First, most.Last);
        return most.Count > 1 && span > 0 ? Math.Max(1, span / (most.Count - 1)) : Trace.SamplingNanos > 0 ? Trace.SamplingNanos : 1_000_000;
    }

    private void Add(NetTraceProfileKind kind, ReadOnlySpan<ulong> stack, int context, long first, long second) => Add((int)kind, stack, context, first, second);

    private void Add(int kind, ReadOnlySpan<ulong> stack, int context, long first, long second)
    {
        // An event without a stack belongs nowhere in a flame graph.
        if (!stack.IsEmpty) _samples[kind].Add(_stacks.Add(stack), context, first, second);
    }

    private int Intern(ReadOnlySpan<char> text)
    {
        _utf8.Clear();
        var buffer = _utf8.Extend(Encoding.UTF8.GetMaxByteCount(text.Length));
        return _exceptions.Intern(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    /// <summary>Samples of a thread: how many, and the time of the first and last.</summary>
    private readonly record struct SamplerThread(long Count, long First, long Last);

    /// <summary>A thread that waits: since when, with which stack. −1: it does not.</summary>
    private readonly record struct PendingLock(long Ticks, int Stack);
}
