namespace Kagari.Client.Sampling;

/// <summary>How much CPU time each sample of a thread stands for: what the system counted for the thread, shared by its samples.</summary>
/// <remarks>
/// So the sum over all samples is the time that the process used, whatever the sampler's period was. A thread that ran
/// and was not sampled takes its time along into the next window: short-lived work is not lost, it is only seen less often.
/// </remarks>
internal sealed class CpuWeights
{
    private readonly Dictionary<int, long> _samples = [];
    private readonly Dictionary<int, double> _weights = [];
    private readonly Dictionary<int, long> _carried = [];
    private readonly List<int> _ended = [];

    /// <summary>Time of threads that ended before they were sampled.</summary>
    public long UnseenNanos { get; private set; }

    /// <summary>Starts a window.</summary>
    public void Begin()
    {
        _samples.Clear();
        _weights.Clear();
    }

    /// <summary>Counts samples of a thread.</summary>
    public void Count(int thread, long samples) => _samples[thread] = _samples.GetValueOrDefault(thread) + samples;

    /// <summary>Whether a thread has samples.</summary>
    public bool HasSamples(int thread) => _samples.ContainsKey(thread);

    /// <summary>When all samples of the window are counted.</summary>
    public void Share(ThreadTimes times)
    {
        var endedSamples = 0L;
        foreach (var (thread, count) in _samples)
        {
            var delta = times.DeltaOf(thread);
            if (delta < 0) endedSamples += count;
            else _weights[thread] = (double)(delta + TakeCarried(thread)) / count;
        }
        foreach (var thread in times.Threads)
            if (!_samples.ContainsKey(thread) && times.DeltaOf(thread) is > 0 and var delta) _carried[thread] = _carried.GetValueOrDefault(thread) + delta;
        // Threads that ended share what no live one used.
        var ended = times.EndedNanos;
        foreach (var (thread, nanos) in _carried)
        {
            if (times.DeltaOf(thread) >= 0) continue;
            ended += nanos;
            _ended.Add(thread);
        }
        foreach (var thread in _ended) _carried.Remove(thread);
        _ended.Clear();
        UnseenNanos = endedSamples == 0 ? ended : 0;
        if (endedSamples == 0) return;
        foreach (var thread in _samples.Keys)
            if (times.DeltaOf(thread) < 0) _weights[thread] = (double)ended / endedSamples;
    }

    /// <summary>The time that a sample of a thread stands for.</summary>
    public double Of(int thread) => _weights.GetValueOrDefault(thread);

    /// <summary>Takes the time of a thread that no sample stands for.</summary>
    public long TakeCarried(int thread) => _carried.Remove(thread, out var nanos) ? nanos : 0;
}
