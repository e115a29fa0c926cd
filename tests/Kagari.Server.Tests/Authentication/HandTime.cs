namespace Kagari.Server.Tests.Authentication;

/// <summary>The system's clock, plus what a test adds; timers that repeat fire in the call that moves it and never else.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private TimeSpan _added;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _added;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period == Timeout.InfiniteTimeSpan) return base.CreateTimer(callback, state, dueTime, period);
        var timer = new Timer(this, () => callback(state));
        lock (_gate) _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock by less than two periods.</summary>
    public void Advance(TimeSpan by)
    {
        Timer[] timers;
        lock (_gate)
        {
            _added += by;
            timers = [.. _timers];
        }
        foreach (var timer in timers) timer.Fire();
    }

    private sealed class Timer(HandTime owner, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
            lock (owner._gate) owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
