namespace Kagari.Client.Diagnostics;

/// <summary>The threads of the profiler itself: their time is what profiling costs, and not part of what is profiled.</summary>
internal sealed class ProfilerThreads
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _ids = [];

    /// <summary>The calling thread works for the profiler from now on.</summary>
    public void Enter() => Add(OperatingSystemThread.CurrentId);

    /// <summary>A thread works for the profiler from now on.</summary>
    public void Add(int thread)
    {
        lock (_gate) _ids.Add(thread);
    }

    /// <summary>It does no longer.</summary>
    public void Leave()
    {
        lock (_gate) _ids.Remove(OperatingSystemThread.CurrentId);
    }

    /// <summary>Whether a thread works for the profiler.</summary>
    public bool Contains(int thread)
    {
        lock (_gate) return _ids.Contains(thread);
    }
}
