using System.Diagnostics;
using Kagari.Client.Collecting;
using Kagari.Client.Configuration;
using Kagari.Client.Delivery;
using Kagari.Client.Diagnostics;
using Kagari.Client.Sampling;
using Kagari.Client.Symbols;
using Kagari.Profiles;

namespace Kagari.Client;

/// <summary>Runs sources, ends their windows, and hands over what they make. Lives on one thread.</summary>
internal sealed class SamplingLoop
{
    /// <summary>Loader, compiler, code compiled ahead: of all three the runtime tells methods and modules.</summary>
    private const ulong MethodKeywords = 0x8 | 0x10 | 0x20;

    /// <summary>Of code compiled ahead it tells when a method is called first.</summary>
    private const ulong EntryPointKeyword = 0x2000000000;

    /// <summary>At the level below modules are told, methods are not (.NET 10.0.12).</summary>
    private const uint Verbose = 5;

    /// <summary>The runtime writes its events every 100 ms: methods that the last samples are in have been told after this.</summary>
    private static readonly TimeSpan s_methodDelay = TimeSpan.FromMilliseconds(250);

    private readonly ManualResetEventSlim _never = new();
    private readonly Dictionary<ProfileKinds, IProfileSource> _sources = [];
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly NativeModules _modules;
    private readonly MethodTable _methods;
    private readonly ThreadTimes _times = new();
    private readonly KagariOptions _options;
    private readonly SamplingMetrics _metrics;
    private readonly Action<ProfilerMessage> _log;
    private readonly TimeProvider _time;
    private readonly UploadQueue _queue;
    private readonly Action _wake;
    private ClientContext _client;
    private DotNetFrames? _frames;
    private StackResolver? _resolver;
    private ProfileBuilder? _builder;
    private OverheadGovernor? _governor;
    private EventPipeSession? _methodSession;
    private IDisposable? _spans;
    private long _windowStart, _nextClose;
    private long _windowUnixNanos;
    private bool _isEnding;

    public SamplingLoop(KagariOptions options, SamplingMetrics metrics, Action<ProfilerMessage> log, TimeProvider time, UploadQueue queue, Action wake)
    {
        (_options, _metrics, _log, _time, _queue, _wake) = (options, metrics, log, time, queue, wake);
        _client = new ClientContext(options, metrics, "", wake);
        _modules = new NativeModules();
        _methods = new MethodTable(_modules);
    }

    /// <summary>The program or the session ends: the runtime may have closed its door already.</summary>
    public bool IsEnding
    {
        get => Volatile.Read(ref _isEnding);
        set => Volatile.Write(ref _isEnding, value);
    }

    /// <summary>Whether the runtime lets itself be profiled; if not, says so.</summary>
    public bool CanStart()
    {
        if (DiagnosticPort.TryFind(out var port, out var problem))
        {
            _client = new ClientContext(_options, _metrics, port, _wake);
            return true;
        }
        _log(new ProfilerMessage(ProfilerSeverity.Error, $"Nothing is profiled: {problem}."));
        return false;
    }

    /// <summary>Learns all methods, and starts.</summary>
    public void Start(ProfileKinds kinds)
    {
        _client.Threads.Enter();
        _frames = new DotNetFrames(_methods.Methods) { SourceOf = _options.SourceLines ? _methods.SourceOf : null };
        _resolver = new StackResolver(_methods, _modules, _frames, _options.FoldInfrastructure);
        _builder = new ProfileBuilder(_frames);
        _governor = new OverheadGovernor(_options.OverheadBudget, _client, _log);
        _times.Read();
        BeginWindow();
        try
        {
            // Sources first: what happens meanwhile is sampled too, and names are needed at the end of the window only.
            Switch(kinds);
            _methodSession = EventPipeSession.Start(_client.Port, "methods", _methods, _methods.Gate, _client.Threads, withStacks: false, 0, EventPipeProvider.Runtime(MethodKeywords | EntryPointKeyword, Verbose));
            using var rundown = EventPipeSession.Start(_client.Port, "rundown", _methods, _methods.Gate, _client.Threads, withStacks: false, MethodKeywords, EventPipeProvider.Nothing);
        }
        catch (Exception e)
        {
            Say(ProfilerSeverity.Error, $"Nothing is profiled: {e.Message}");
        }
    }

    /// <summary>Starts and stops sources.</summary>
    public void Switch(ProfileKinds kinds)
    {
        if (_queue.ThreadId > 0) _client.Threads.Add(_queue.ThreadId);
        // What a kind has until it ends is uploaded with the others.
        if (_sources.Keys.Any(k => (k & ~kinds) != ProfileKinds.None)) CloseWindow();
        ThreadLabels.IsRecording = kinds != ProfileKinds.None;
        if (_spans is null && _options.Spans && kinds != ProfileKinds.None) _spans = SpanListener.Start();
        SwitchThreads(kinds & (ProfileKinds.Cpu | ProfileKinds.Wall));
        SwitchOne(kinds, ProfileKinds.Allocations, () => Resumed(new AllocationSource(_client)));
        SwitchOne(kinds, ProfileKinds.Locks, () => Resumed(new LockSource(_client)));
        SwitchOne(kinds, ProfileKinds.Exceptions, () => Resumed(new ExceptionSource(_client)));
        SwitchOne(kinds, ProfileKinds.GarbageCollections, () => Resumed(new CollectionSource(_client)));
        SwitchOne(kinds, ProfileKinds.LiveHeap, () => new LiveHeapSource());
        foreach (var (made, source) in _sources)
            if (_governor!.FactorOf(made) is > 1 and var factor) source.Slow(factor);
    }

    /// <summary>Time until something is due.</summary>
    public TimeSpan UntilNext()
    {
        var next = TimeSpan.FromSeconds((double)(_nextClose - Stopwatch.GetTimestamp()) / Stopwatch.Frequency);
        foreach (var source in _sources.Values)
            if (source is EventPipeSource { PauseAfter: { } after, IsPaused: false } && after - Stopwatch.GetElapsedTime(_windowStart) is var left && left < next) next = left;
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    /// <summary>Does what is due.</summary>
    public void Tick()
    {
        foreach (var source in _sources.Values)
        {
            if (source is not EventPipeSource { IsPaused: false } events) continue;
            if (events is ExceptionSource { IsFull: true })
            {
                events.Pause();
                Say(ProfilerSeverity.Warning, $"More than {_options.ExceptionsPerSecondMax} exceptions a second: the rest of this upload's are not counted (setting {nameof(KagariOptions.ExceptionsPerSecondMax)}).");
            }
            else if (events.PauseAfter <= Stopwatch.GetElapsedTime(_windowStart)) events.PauseForBudget();
        }
        if (Stopwatch.GetTimestamp() >= _nextClose) CloseWindow();
    }

    /// <summary>Ends the window, and hands its profiles over.</summary>
    public void CloseWindow()
    {
        var (start, unixNanos) = (_windowStart, _windowUnixNanos);
        foreach (var source in _sources.Values)
        {
            source.CloseWindow();
            if (source is EventPipeSource events) Try(events.Resume);
        }
        _times.Read();
        BeginWindow();
        _never.Wait(s_methodDelay);
        Build(start, unixNanos);
    }

    /// <summary>Ends all sources and hands over what they have.</summary>
    public void Stop()
    {
        // Each session takes a tenth of a second to end; what has ended has handed on all it had, methods as well.
        var ends = new List<Thread>();
        foreach (var source in _sources.Values) ends.Add(Background(source.Dispose));
        if (_methodSession is not null) ends.Add(Background(_methodSession.Dispose));
        foreach (var end in ends) end.Join();
        foreach (var source in _sources.Values) source.CloseWindow();
        _times.Read();
        var (start, unixNanos) = (_windowStart, _windowUnixNanos);
        BeginWindow();
        Build(start, unixNanos);
        _sources.Clear();
        ThreadLabels.IsRecording = false;
        _spans?.Dispose();
        _client.Threads.Leave();
    }

    private static Thread Background(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true, Name = "kagari stop" };
        thread.UnsafeStart();
        return thread;
    }

    private void Build(long start, long unixNanos)
    {
        var window = new WindowTime(unixNanos, (long)Stopwatch.GetElapsedTime(start, _windowStart).TotalNanoseconds);
        var profiles = Build(window);
        if (profiles.Count > 0) _queue.Add(profiles);
        if (_queue.ThreadId > 0) _client.Threads.Add(_queue.ThreadId);
        _governor!.Judge(_sources, _times, window);
        foreach (var source in _sources.Values)
            if (source.Problem is { } problem) Say(ProfilerSeverity.Warning, $"Samples are missing: {problem}");
    }

    private static EventPipeSource Resumed(EventPipeSource source)
    {
        source.Resume();
        return source;
    }

    private void BeginWindow()
    {
        var interval = _options.UploadInterval.Ticks;
        var now = _time.GetUtcNow();
        (_windowStart, _windowUnixNanos) = (Stopwatch.GetTimestamp(), (now - DateTimeOffset.UnixEpoch).Ticks * 100);
        // Uploads of all processes end at round times, so that those of one moment can be compared; a first one may be short, never tiny.
        var until = interval - (now.Ticks % interval);
        if (until < interval / 4) until += interval;
        _nextClose = _windowStart + (long)(until / (double)TimeSpan.TicksPerSecond * Stopwatch.Frequency);
    }

    private List<CollectedProfile> Build(WindowTime window)
    {
        var profiles = new List<CollectedProfile>();
        // Methods come on another thread: they wait while stacks are resolved.
        lock (_methods.Gate)
        {
            _modules.Refresh();
            if (_methods.Refresh()) _frames!.Forget();
            var assembly = new ProfileAssembly(_builder!, _resolver!, _frames!, _times, window);
            foreach (var source in _sources.Values) source.Build(assembly);
            foreach (var (type, pprof) in assembly.Profiles) profiles.Add(new CollectedProfile(SeriesLabels.Of(_options, type.Family), pprof));
        }
        return profiles;
    }

    /// <summary>CPU and wall time may come from one sampler.</summary>
    private void SwitchThreads(ProfileKinds kinds)
    {
        const ProfileKinds both = ProfileKinds.Cpu | ProfileKinds.Wall;
        var running = ProfileKinds.None;
        foreach (var (made, _) in _sources) running |= made & both;
        if (running == kinds) return;
        foreach (var made in new List<ProfileKinds>(_sources.Keys))
            if ((made & both) != ProfileKinds.None) End(made);
        if (kinds.HasFlag(ProfileKinds.Cpu) && _options.CpuSource != CpuSource.Sampler)
        {
            if (PerfCpuSource.TryStart(_options.CpuPeriod, _client, out var perf, out var problem))
            {
                _sources.Add(ProfileKinds.Cpu, perf!);
                kinds &= ~ProfileKinds.Cpu;
            }
            else if (_options.CpuSource == CpuSource.PerfEvents)
            {
                Say(ProfilerSeverity.Error, $"CPU is not profiled: {problem}; set {nameof(KagariOptions.CpuSource)} to {CpuSource.Auto} to use the runtime's sampler.");
                kinds &= ~ProfileKinds.Cpu;
            }
            else Say(ProfilerSeverity.Information, $"CPU is profiled with the runtime's sampler, because {problem}.");
        }
        if (kinds != ProfileKinds.None) _sources.Add(kinds, new ThreadSampler(_client, kinds.HasFlag(ProfileKinds.Cpu), kinds.HasFlag(ProfileKinds.Wall)));
    }

    private void SwitchOne(ProfileKinds kinds, ProfileKinds kind, Func<IProfileSource> start)
    {
        var isWanted = kinds.HasFlag(kind);
        if (isWanted == _sources.ContainsKey(kind)) return;
        if (isWanted) Try(() => _sources.Add(kind, start()));
        else End(kind);
    }

    private void End(ProfileKinds kinds)
    {
        if (_sources.Remove(kinds, out var source)) source.Dispose();
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            // Not only what the runtime refuses: listeners of the program run within our calls and may throw anything.
            Say(ProfilerSeverity.Warning, $"Samples are missing: {e.Message}");
        }
    }

    /// <summary>Says something once. What fails because the program ends is not worth a word.</summary>
    private void Say(ProfilerSeverity severity, string text)
    {
        if (!IsEnding && _said.Add(text)) _log(new ProfilerMessage(severity, text));
    }
}
