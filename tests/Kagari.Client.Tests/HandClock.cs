namespace Kagari.Client.Tests;

/// <summary>Time that passes only when a test says so; timers fire in the call that moves it. Other threads may wait on it.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private readonly AutoResetEvent _changed = new(false);
    private DateTimeOffset _now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves time on and fires what comes due.</summary>
    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(t => t.Due <= _now)];
            foreach (var timer in due) _timers.Remove(timer);
        }
        foreach (var timer in due) timer.Fire();
    }

    /// <summary>Blocks until some thread waits for a time of this clock; gives how long it wants to wait.</summary>
    public TimeSpan NextWait()
    {
        while (true)
        {
            lock (_gate)
                if (_timers.Count > 0) return _timers.Min(t => t.Due) - _now;
            _changed.WaitOne(TimeSpan.FromMinutes(1)).ShouldBeTrue("nobody waits for this clock");
        }
    }

    /// <summary>The same, but false where a task ends instead; timers longer than half a day are no reason to come back.</summary>
    public bool TryNextWait(Task end, out TimeSpan wait)
    {
        while (true)
        {
            lock (_gate)
            {
                wait = _timers.Count > 0 ? _timers.Min(t => t.Due) - _now : TimeSpan.MaxValue;
                if (wait < TimeSpan.FromHours(12)) return true;
            }
            if (WaitHandle.WaitAny([_changed, ((IAsyncResult)end).AsyncWaitHandle], TimeSpan.FromMinutes(1)) == 1) return false;
        }
    }

    /// <summary>Waits until some thread waits, and lets that time pass.</summary>
    public TimeSpan PassNextWait()
    {
        var wait = NextWait();
        Advance(wait);
        return wait;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        period.ShouldBe(Timeout.InfiniteTimeSpan, "this clock has no repeating timers");
        lock (_gate)
        {
            var timer = new Timer(this, () => callback(state), _now + dueTime);
            _timers.Add(timer);
            _changed.Set();
            return timer;
        }
    }

    private sealed class Timer(HandClock clock, Action fire, DateTimeOffset due) : ITimer
    {
        public DateTimeOffset Due { get; } = due;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
