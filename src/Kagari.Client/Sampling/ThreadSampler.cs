using System.Diagnostics;
using Kagari.Client.Collecting;
using Kagari.Client.Diagnostics;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>The runtime's own sampler, which looks at all managed threads at once: CPU time and wall time.</summary>
/// <remarks>
/// Each look stops all threads, for 0.1 ms in a small program and more than 1 ms in a large one, and the runtime looks
/// a thousand times a second if it may: far too often to be left on. So it is on for 2 ms five times a second; where
/// the program was started with <c>DOTNET_EventPipeThreadSamplingRate</c> (hexadecimal milliseconds) it is slow by
/// itself and stays on.
/// <code>
/// ──▮──────────────▮────────────────▮───────────▮──     bursts, at moments that no rhythm of the program meets
/// </code>
/// </remarks>
internal sealed class ThreadSampler : IProfileSource, INetTraceHandler
{
    private const int SlowPeriodNanos = 10_000_000;
    private const int StackBytes = 256 << 10;
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>Periods from one burst to the next. A burst brings two or three samples, which differ little where they are near each other: so many short bursts.</summary>
    private const int PeriodsPerBurst = 20;

    /// <summary>A session costs 0.65 ms of CPU time to start and end (measured), with two samples of five threads 0.75 ms.</summary>
    private static readonly TimeSpan s_burst = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_restart = TimeSpan.FromSeconds(30);

    private readonly ClientContext _client;
    private readonly bool _withCpu, _withWall;
    private readonly TimeSpan _interval;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;
    private readonly CpuWeights _weights = new();
    private readonly Dictionary<int, long> _samplesOf = [];
    private readonly SampleWindow _burst;   // what came since the last fold
    private SampleWindow _open, _closed;
    private NetTraceInfo _trace;
    private long _foldedAt = Stopwatch.GetTimestamp();
    private long _suspendedAt = -1, _openStopped, _closedStopped;
    private volatile int _factor = 1;
    private volatile bool _isOn;

    /// <summary>Starts.</summary>
    public ThreadSampler(ClientContext client, bool withCpu, bool withWall)
    {
        (_client, _withCpu, _withWall) = (client, withCpu, withWall);
        (_burst, _open, _closed) = (client.NewWindow(), client.NewWindow(), client.NewWindow());
        _interval = client.Options.CpuPeriod * PeriodsPerBurst;
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "kagari sampler" };
        _thread.UnsafeStart();
    }

    public string? Problem { get; private set; }

    public SourceCost Cost => new(0, _closedStopped);

    public void CloseWindow()
    {
        lock (_gate)
        {
            if (_isOn) Fold();
            (_open, _closed) = (_closed, _open);
            _open.Clear();
            _client.Count(_closed, "samples");
            (_closedStopped, _openStopped) = (_openStopped, 0);
        }
    }

    public void Build(ProfileAssembly assembly)
    {
        if (_withWall) BuildWall(assembly);
        if (_withCpu) BuildCpu(assembly);
    }

    public void Slow(int factor) => _factor = factor;

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    public void OnTrace(in NetTraceInfo trace) => _trace = trace;

    public void OnEventType(NetTraceEventType type) => type.Tag = (int)RuntimeEvents.KindOf(type);

    public void OnEvent(in NetTraceEvent e)
    {
        switch ((RuntimeEventKind)e.Type.Tag)
        {
            case RuntimeEventKind.Sample when RuntimeEvents.TryReadSample(e.Payload, out var state) && state != ThreadSampleState.Error:
                var thread = (int)e.ThreadId;
                if (!_client.Threads.Contains(thread)) _burst.Add(e.Stack, _client.LabelsOf(thread, e.Ticks), TagOf(thread, state), 1, 0);
                break;
            case RuntimeEventKind.SuspendBegin when RuntimeEvents.TryReadSuspendBegin(e.Payload, out var reason):
                _suspendedAt = reason == SuspendReason.Other ? e.Ticks : -1;
                break;
            case RuntimeEventKind.RestartEnd when _suspendedAt >= 0:
                _openStopped += _trace.NanosBetween(_suspendedAt, e.Ticks);
                _suspendedAt = -1;
                break;
        }
    }

    private static int TagOf(int thread, ThreadSampleState state) => (thread << 1) | (state == ThreadSampleState.Managed ? 1 : 0);

    private static int ThreadOf(int tag) => tag >> 1;

    private static bool IsManaged(int tag) => (tag & 1) != 0;

    private void BuildWall(ProfileAssembly assembly)
    {
        assembly.Begin(NetTraceProfileType.Of(NetTraceProfileKind.Wall), (long)_interval.TotalNanoseconds);
        foreach (ref readonly var sample in _closed.Samples)
            assembly.Add(_closed.StackOf(sample), _closed.ContextOf(sample).Labels, sample.Second, 0);
        assembly.End();
    }

    /// <summary>The time that the system counted for a thread is shared by the samples in which it did not wait.</summary>
    private void BuildCpu(ProfileAssembly assembly)
    {
        _weights.Begin();
        foreach (ref readonly var sample in _closed.Samples)
            if (Runs(assembly, sample)) _weights.Count(ThreadOf(_closed.ContextOf(sample).Tag), sample.Second);
        _weights.Share(assembly.Times);
        assembly.Begin(NetTraceProfileType.Of(NetTraceProfileKind.Cpu), 1);
        foreach (ref readonly var sample in _closed.Samples)
        {
            if (!Runs(assembly, sample)) continue;
            var (labels, tag) = _closed.ContextOf(sample);
            assembly.Add(_closed.StackOf(sample), labels, (long)Math.Round(sample.Second * _weights.Of(ThreadOf(tag))), 0);
        }
        _samplesOf.Clear();
        foreach (ref readonly var sample in _closed.Samples) _samplesOf[ThreadOf(_closed.ContextOf(sample).Tag)] = 1;
        // The sampler sees managed threads, all of them, at each look: what it never saw is the runtime's, or a library's.
        foreach (var thread in assembly.Times.Threads)
        {
            if (_samplesOf.ContainsKey(thread) || _client.Threads.Contains(thread)) continue;
            if (_weights.TakeCarried(thread) is > 0 and var nanos) assembly.AddNative(ThreadTimes.NameOf(thread), [], nanos);
        }
        assembly.AddUnseen(_weights.UnseenNanos);
        assembly.End();
    }

    /// <summary>Says how long what came since the last time lasted: samples of a burst stand for the time since the burst before.</summary>
    /// <remarks>A thread that was there all the time was looked at as often as anyone looked: its samples together are that time.</remarks>
    private void Fold()
    {
        var now = Stopwatch.GetTimestamp();
        var nanos = (long)Stopwatch.GetElapsedTime(_foldedAt, now).TotalNanoseconds;
        _samplesOf.Clear();
        var rounds = 0L;
        foreach (ref readonly var sample in _burst.Samples)
        {
            var thread = ThreadOf(_burst.ContextOf(sample).Tag);
            rounds = Math.Max(rounds, _samplesOf[thread] = _samplesOf.GetValueOrDefault(thread) + sample.First);
        }
        if (rounds == 0) return;
        foreach (ref readonly var sample in _burst.Samples)
        {
            var (labels, tag) = _burst.ContextOf(sample);
            _open.Add(_burst.StackOf(sample), labels, tag, sample.First, (long)((double)sample.First * nanos / rounds));
        }
        _client.Metrics.LabelsLost(_burst.LabelsDropped);
        _burst.Clear();
        _foldedAt = now;
    }

    private bool Runs(ProfileAssembly assembly, in SampleSum sample) =>
        IsManaged(_closed.ContextOf(sample).Tag) || !assembly.Resolver.IsWaiting(_closed.StackOf(sample));

    private void Run()
    {
        _client.Threads.Enter();
        var bursts = 0;
        try
        {
            var wait = TimeSpan.Zero;
            while (!_end.Wait(wait))
            {
                if (_trace.SamplingNanos >= SlowPeriodNanos)
                {
                    _isOn = true;
                    RunOn();
                    return;
                }
                RunBurst();
                // Steps of the golden ratio spread moments evenly and meet no rhythm twice.
                wait = _interval * _factor * (0.5 + (++bursts * GoldenRatio % 1));
            }
        }
        catch (Exception e)
        {
            // Not only what the runtime refuses: listeners of the program run within our calls and may throw anything.
            Problem = e.Message;
        }
        finally
        {
            _client.Threads.Leave();
        }
    }

    /// <summary>One short session, started, ended and read on this thread.</summary>
    private void RunBurst()
    {
        using (var session = StartSession()) _end.Wait(s_burst);
        lock (_gate) Fold();
    }

    /// <summary>The runtime samples slowly enough: the session stays on until the end.</summary>
    private void RunOn()
    {
        while (!_end.IsSet)
        {
            using (var session = StartSession()) _end.Wait(s_restart);
            // Slowed: it rests in proportion.
            if (_factor > 1) _end.Wait(s_restart * (_factor - 1));
        }
    }

    private EventPipeSession StartSession() =>
        EventPipeSession.Start(_client.Port, "samples", this, _gate, _client.Threads, withStacks: true, 0, EventPipeProvider.Sampler, EventPipeProvider.Runtime(0x1));
}
