namespace Kagari.Client.Delivery;

/// <summary>Blocks a thread of ours until something happens or time has passed.</summary>
internal static class Waiting
{
    /// <summary>Index of the handle that is set, or -1 when the time is over.</summary>
    public static int Any(TimeProvider time, TimeSpan duration, params WaitHandle[] handles)
    {
        // Timers fire on the thread pool, which a busy program can starve; the system's own wait needs nobody.
        if (time == TimeProvider.System) return WaitHandle.WaitAny(handles, duration) is var index and not WaitHandle.WaitTimeout ? index : -1;
        using var over = new ManualResetEvent(false);
        using var timer = time.CreateTimer(static over => ((ManualResetEvent)over!).Set(), over, duration, Timeout.InfiniteTimeSpan);
        var first = WaitHandle.WaitAny([.. handles, over]);
        return first == handles.Length ? -1 : first;
    }
}
