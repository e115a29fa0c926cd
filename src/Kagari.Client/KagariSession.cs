using System.Collections.Concurrent;
using System.Diagnostics;
using Kagari.Client.Collecting;
using Kagari.Client.Delivery;

namespace Kagari.Client;

/// <summary>Profiling of this process, as long as it runs.</summary>
public sealed class KagariSession : IDisposable
{
    /// <summary>Time to send what is left when the program ends.</summary>
    private static readonly TimeSpan s_lastUpload = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<Action> _commands = new();
    private readonly SamplingLoop _loop;
    private readonly ClientMetrics _metrics;
    private readonly Action<ProfilerMessage> _log;
    private readonly Thread? _thread;
    private readonly UploadQueue _queue;
    private int _profiles;
    private int _isDisposed;

    internal KagariSession(KagariOptions options, Action<ProfilerMessage> log, TimeProvider time)
    {
        (Options, _log) = (options, log);
        _profiles = (int)options.Profiles;
        _metrics = new ClientMetrics();
        _queue = UploadQueue.Of(options, _metrics, log, time, new Random());
        _loop = new SamplingLoop(options, new SamplingMetrics(_metrics.Meter), log, time, _queue, () => Post(static () => { }));
        if (!_loop.CanStart()) return;
        _thread = new Thread(Run) { IsBackground = true, Name = "kagari profiler" };
        _thread.UnsafeStart();
    }

    /// <summary>Whether anything can be profiled here. If not, a message has said why.</summary>
    public bool IsRunning => _thread is not null && Volatile.Read(ref _isDisposed) == 0;

    /// <summary>What is profiled; can be changed at any time, and takes effect soon.</summary>
    public ProfileKinds Profiles
    {
        get => (ProfileKinds)Volatile.Read(ref _profiles);
        set
        {
            Volatile.Write(ref _profiles, (int)value);
            Post(() => _loop.Switch(Profiles));
        }
    }

    /// <summary>The options in force.</summary>
    internal KagariOptions Options { get; }

    /// <summary>Other credentials from the next upload on.</summary>
    internal void SetBasicAuth(string user, string password) => (Options.BasicAuthUser, Options.BasicAuthPassword) = (user, password);

    /// <summary>Hands the profiles since the last upload to the queue now, and waits until they are sent.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>Whether they were sent in this time.</returns>
    public bool Upload(TimeSpan timeout)
    {
        if (!IsRunning) return false;
        var start = Stopwatch.GetTimestamp();
        using var done = new ManualResetEventSlim();
        if (!Post(() =>
        {
            _loop.CloseWindow();
            done.Set();
        })) return false;
        return done.Wait(timeout) && timeout - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left && _queue.Flush(left);
    }

    /// <summary>Uploads what is there, for at most 5 seconds, and ends profiling.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        if (_thread is not null)
        {
            _loop.IsEnding = true;
            _commands.CompleteAdding();
            _thread.Join(s_lastUpload);
        }
        _queue.Dispose();
        _metrics.Dispose();
        KagariProfiler.Ended(this);
    }

    private bool Post(Action command)
    {
        try
        {
            _commands.Add(command);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;   // it ends
        }
    }

    private void Run()
    {
        try
        {
            _loop.Start(Profiles);
            while (!_commands.IsCompleted)
            {
                if (_commands.TryTake(out var command, _loop.UntilNext())) command();
                _loop.Tick();
            }
        }
        catch (Exception e)
        {
            // Listeners of the program run within our calls and may throw anything. A profiler does not end a program.
            _log(new ProfilerMessage(ProfilerSeverity.Error, $"Profiling ends because of {e.GetType().Name}: {e.Message}"));
            _commands.CompleteAdding();
        }
        try
        {
            _loop.Stop();
        }
        catch (Exception e)
        {
            // For the same reason. What was not uploaded is lost; what was not ended ends with the process.
            _log(new ProfilerMessage(ProfilerSeverity.Error, $"Profiling did not end well because of {e.GetType().Name}: {e.Message}"));
        }
    }
}
