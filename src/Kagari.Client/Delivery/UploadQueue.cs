namespace Kagari.Client.Delivery;

/// <summary>Uploads that wait, and the thread that sends them one after the other.</summary>
/// <remarks>
/// A thread of its own, not a task: a program that starves its thread pool is one whose profiles people want to see.
/// Whoever adds never waits; when too many wait, the oldest gives way.
/// </remarks>
internal sealed class UploadQueue : IDisposable
{
    /// <summary>How long the end of a program may take for what is left, and then for what the sink does with its cancellation.</summary>
    public static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5), CancelTime = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<IReadOnlyList<CollectedProfile>> _waiting = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly ManualResetEvent _idle = new(true);
    private readonly ManualResetEvent _ended = new(false);
    private readonly CancellationTokenSource _cancel = new();
    private readonly IProfileSink _sink;
    private readonly int _length;
    private readonly ClientMetrics _metrics;
    private readonly Action<ProfilerMessage> _log;
    private readonly DeliveryReport _report;
    private readonly TimeProvider _time;
    private readonly bool _ownsSink;
    private bool _saidDropped;
    private bool _closing;

    public UploadQueue(IProfileSink sink, int length, ClientMetrics metrics, Action<ProfilerMessage> log, TimeProvider time)
        : this(sink, length, metrics, log, time, ownsSink: false)
    {
    }

    private UploadQueue(IProfileSink sink, int length, ClientMetrics metrics, Action<ProfilerMessage> log, TimeProvider time, bool ownsSink)
    {
        (_sink, _length, _metrics, _log, _time, _ownsSink) = (sink, length, metrics, log, time, ownsSink);
        _report = new DeliveryReport(log, time);
        metrics.Observe(() =>
        {
            lock (_gate) return _waiting.Count;
        });
        // UnsafeStart: nothing of whoever starts the profiler (culture, labels, a span) may flow into what is sent.
        new Thread(Run) { IsBackground = true, Name = "kagari sender" }.UnsafeStart();
    }

    /// <summary>The system's number of the sender's thread, whose CPU time is the profiler's own; 0 until it runs, and where it is unknown.</summary>
    public int ThreadId { get; private set; }

    /// <summary>A queue to the sink of the options, or to their server.</summary>
    public static UploadQueue Of(KagariOptions options, ClientMetrics metrics, Action<ProfilerMessage> log, TimeProvider time, Random random) =>
        options.Sink is { } sink
            ? new UploadQueue(sink, options.QueueLength, metrics, log, time)
            : new UploadQueue(new PushSink(options, metrics, log, time, random), options.QueueLength, metrics, log, time, ownsSink: true);

    /// <summary>Takes the profiles of one interval; never waits for the sink.</summary>
    public void Add(IReadOnlyList<CollectedProfile> window)
    {
        var isDropped = false;
        var say = false;
        lock (_gate)
        {
            if (_closing)
            {
                isDropped = true;
            }
            else
            {
                isDropped = _waiting.Count >= _length && _waiting.TryDequeue(out _);
                _waiting.Enqueue(window);
                _idle.Reset();
                say = isDropped && !_saidDropped;
                _saidDropped |= isDropped;
                // Inside the lock, because the end of the thread is decided there, and the event goes with it.
                _work.Set();
            }
        }
        if (isDropped) _metrics.Upload(UploadOutcome.Dropped);
        if (say) _log(new ProfilerMessage(ProfilerSeverity.Warning, $"{_length} uploads wait for a server that does not keep up; the oldest are dropped from now on (option QueueLength, 1 to 1000)."));
    }

    /// <summary>Waits until everything added was sent or given up; false if the time is over before.</summary>
    public bool Flush(TimeSpan timeout) => Waiting.Any(_time, timeout, _idle, _ended) >= 0;

    /// <summary>Sends what is left, but within <see cref="EndTime"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing) return;
            _closing = true;
            _work.Set();
        }
        (_sink as IHurriedSink)?.Hurry();
        if (Waiting.Any(_time, EndTime, _ended) < 0)
        {
            _cancel.Cancel();
            // A sink that does not heed it keeps its thread, which is a background thread, and its events for itself.
            if (Waiting.Any(_time, CancelTime, _ended) < 0) return;
        }
        if (_ownsSink) (_sink as IDisposable)?.Dispose();
        _cancel.Dispose();
    }

    private void Run()
    {
        ThreadId = OperatingSystemThread.CurrentId;
        var lost = 0;
        while (lost == 0 && TryTake(out var window))
        {
            var isSent = Send(window);
            lock (_gate)
            {
                if (isSent) _saidDropped = false;
                // One failure at the end is enough: the next would only make the program's end longer.
                if (!isSent && _closing) lost = 1;
                if (_waiting.Count == 0) _idle.Set();
            }
        }
        GiveUp(lost);
        _idle.Set();
        _ended.Set();
    }

    private bool TryTake(out IReadOnlyList<CollectedProfile> window)
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_cancel.IsCancellationRequested && _waiting.TryDequeue(out window!)) return true;
                window = [];
                if (_closing) return false;
            }
            _work.WaitOne();
        }
    }

    private bool Send(IReadOnlyList<CollectedProfile> window)
    {
        try
        {
            _sink.SendAsync(window, _cancel.Token).GetAwaiter().GetResult();
            _report.Succeeded();
            _metrics.Upload(UploadOutcome.Sent);
            return true;
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            _metrics.Upload(UploadOutcome.Dropped);
        }
        catch (PushFailedException)
        {
            _metrics.Upload(UploadOutcome.Failed);
        }
        catch (Exception e)
        {
            // A sink of the program's may throw anything; the next upload may go well.
            _metrics.Upload(UploadOutcome.Failed);
            _report.Failed(ProfilerSeverity.Error, $"The sink {_sink.GetType()} threw {e.GetType().Name}: {e.Message} The upload is lost.");
        }
        return false;
    }

    /// <summary>Counts what was never tried, and tells of it together with what was lost just before.</summary>
    private void GiveUp(int lost)
    {
        lock (_gate)
        {
            for (; _waiting.TryDequeue(out _); lost++) _metrics.Upload(UploadOutcome.Dropped);
        }
        if (lost > 0) _log(new ProfilerMessage(ProfilerSeverity.Warning, $"Profiling ends; {lost} {(lost == 1 ? "upload was" : "uploads were")} not sent."));
    }
}
