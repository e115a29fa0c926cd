using Kagari.Client.Collecting;
using Kagari.Client.Sampling.PerfEvents;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>CPU time by the kernel's counters: no thread is stopped, native code is seen, and threads that wait cost nothing.</summary>
internal sealed class PerfCpuSource : IProfileSource
{
    /// <summary>The buffers hold a second and more.</summary>
    private static readonly TimeSpan s_drainInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>An interrupt, a walk over the frames, the record: measured 1 to 3 µs.</summary>
    private const long SampleNanos = 2_000;

    private const int StackBytes = 256 << 10;

    private readonly TimeSpan _period;
    private readonly ClientContext _client;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;
    private readonly CpuWeights _weights = new();
    private readonly PerfRing.Take _take;
    private PerfCounters _counters;
    private SampleWindow _open, _closed;
    private int _factor = 1;
    private long _lost;

    private PerfCpuSource(PerfCounters counters, TimeSpan period, ClientContext client)
    {
        (_counters, _period, _client, _take) = (counters, period, client, Take);
        (_open, _closed) = (client.NewWindow(), client.NewWindow());
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "kagari cpu" };
        _thread.UnsafeStart();
    }

    public string? Problem { get; private set; }

    public SourceCost Cost => new(_closed.Count * SampleNanos, 0);

    /// <summary>Starts, where the system allows it; else says why not.</summary>
    public static bool TryStart(TimeSpan period, ClientContext client, out PerfCpuSource? source, out string problem)
    {
        source = PerfCounters.TryOpen(period, out var counters, out problem) ? new PerfCpuSource(counters, period, client) : null;
        return source is not null;
    }

    public void CloseWindow()
    {
        lock (_gate)
        {
            _counters.Drain(_take);
            (_open, _closed) = (_closed, _open);
            _open.Clear();
            _client.Count(_closed, "cpu");
            var lost = _counters.Lost;
            _client.Metrics.SamplesLost(lost - _lost, "cpu");
            _lost = lost;
        }
    }

    public void Build(ProfileAssembly assembly)
    {
        _weights.Begin();
        foreach (ref readonly var sample in _closed.Samples) _weights.Count(_closed.ContextOf(sample).Tag, sample.First);
        _weights.Share(assembly.Times);
        assembly.Begin(NetTraceProfileType.Of(NetTraceProfileKind.Cpu), _period.Ticks * 100 * _factor);
        foreach (ref readonly var sample in _closed.Samples)
        {
            var (labels, thread) = _closed.ContextOf(sample);
            var stack = _closed.StackOf(sample);
            var nanos = (long)Math.Round(sample.First * _weights.Of(thread));
            if (assembly.Resolver.HasMethod(stack)) assembly.Add(stack, labels, nanos, 0);
            else assembly.AddNative(ThreadTimes.NameOf(thread), stack, nanos);
        }
        assembly.AddUnseen(_weights.UnseenNanos);
        assembly.End();
    }

    public void Slow(int factor)
    {
        lock (_gate)
        {
            if (factor == _factor) return;
            _factor = factor;
            _counters.Drain(_take);
            _counters.Dispose();
            // The same counters were allowed before; where they are not any more there is nothing left to slow.
            if (!PerfCounters.TryOpen(_period * factor, out _counters, out var problem)) Problem = problem;
            _lost = 0;
        }
    }

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        lock (_gate)
        {
            _counters.Drain(_take);
            _counters.Dispose();
        }
        _end.Dispose();
    }

    private void Run()
    {
        _client.Threads.Enter();
        try
        {
            while (!_end.Wait(s_drainInterval))
                lock (_gate) _counters.Drain(_take);
        }
        catch (Exception e)
        {
            // A thread of ours must not end the program.
            Problem = e.Message;
        }
        _client.Threads.Leave();
    }

    private void Take(int thread, long ticks, ReadOnlySpan<ulong> frames) => _open.Add(frames, _client.LabelsOf(thread, ticks), thread, 1, 0);
}
