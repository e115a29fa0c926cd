using System.Globalization;
using Kagari.Client.Collecting;

namespace Kagari.Client.Sampling;

/// <summary>Measures what profiling costs the program, and slows the dearest source where that is more than the budget.</summary>
/// <remarks>
/// The cost is the CPU time of the profiler's own threads and of those with which the runtime writes events, what
/// sources take from the program's threads, and, where all threads are stopped, the processors that ran until then.
/// </remarks>
internal sealed class OverheadGovernor(double budget, ClientContext client, Action<ProfilerMessage> log)
{
    /// <summary>A program that hardly runs hardly has a budget: it is that of one that uses a quarter of a processor.</summary>
    private const double IdleShare = 0.25;

    private const int FactorMax = 64;

    /// <summary>The start costs more than what follows; nothing follows from it.</summary>
    private const int WindowsIgnored = 2;

    /// <summary>Windows far below the budget before a source may go faster again.</summary>
    private const int QuietWindows = 6;

    private const int ThreadsKnownMax = 10_000;

    private const string WriterName = ".NET EventPipe";

    private readonly Dictionary<ProfileKinds, int> _factors = [];
    private readonly Dictionary<int, bool> _isWriter = [];
    private int _windows, _quiet;

    /// <summary>The share of the program's CPU time that the last window's profiling took.</summary>
    public double Share { get; private set; }

    /// <summary>How much a source is slowed: 1 is not at all.</summary>
    public int FactorOf(ProfileKinds kinds) => _factors.GetValueOrDefault(kinds, 1);

    /// <summary>Looks at a window.</summary>
    public void Judge(IReadOnlyDictionary<ProfileKinds, IProfileSource> sources, ThreadTimes times, in WindowTime window)
    {
        var cores = (double)times.ProcessDeltaNanos / Math.Max(1, window.DurationNanos);
        var total = (double)OwnNanos(times);
        var (dearest, dearestNanos) = (ProfileKinds.None, 0.0);
        foreach (var (kinds, source) in sources)
        {
            var cost = source.Cost;
            var nanos = cost.Nanos + (cost.StoppedNanos * cores);
            total += nanos;
            if (nanos > dearestNanos) (dearest, dearestNanos) = (kinds, nanos);
        }
        Share = total / Math.Max(times.ProcessDeltaNanos, IdleShare * Math.Max(1, window.DurationNanos));
        client.Metrics.Overhead(Share);
        if (++_windows <= WindowsIgnored) return;
        if (Share > budget && dearest != ProfileKinds.None) Slow(sources, dearest);
        else if (Share < budget / 4 && ++_quiet >= QuietWindows) Quicken(sources);
        else if (Share >= budget / 4) _quiet = 0;
    }

    private void Slow(IReadOnlyDictionary<ProfileKinds, IProfileSource> sources, ProfileKinds kinds)
    {
        _quiet = 0;
        var factor = FactorOf(kinds) * 2;
        if (factor > FactorMax) return;
        _factors[kinds] = factor;
        sources[kinds].Slow(factor);
        log(new ProfilerMessage(ProfilerSeverity.Warning, string.Create(CultureInfo.InvariantCulture,
            $"Profiling took {Share:P1} of the program's CPU time, more than the budget of {budget:P1}: {kinds} is sampled 1/{factor} as much from now on (setting {nameof(KagariOptions.OverheadBudget)}).")));
    }

    private void Quicken(IReadOnlyDictionary<ProfileKinds, IProfileSource> sources)
    {
        _quiet = 0;
        foreach (var (kinds, source) in sources)
        {
            if (FactorOf(kinds) is not (> 1 and var factor)) continue;
            _factors[kinds] = factor / 2;
            source.Slow(factor / 2);
            log(new ProfilerMessage(ProfilerSeverity.Information, $"Profiling is well below its budget: {kinds} is sampled {(factor == 2 ? "in full" : $"1/{factor / 2} as much")} again."));
            return;
        }
    }

    private long OwnNanos(ThreadTimes times)
    {
        if (_isWriter.Count > ThreadsKnownMax) _isWriter.Clear();
        var nanos = 0L;
        foreach (var thread in times.Threads)
        {
            var delta = times.DeltaOf(thread);
            if (delta <= 0) continue;
            if (!_isWriter.TryGetValue(thread, out var isWriter)) _isWriter[thread] = isWriter = ThreadTimes.NameOf(thread) == WriterName;
            if (isWriter || client.Threads.Contains(thread)) nanos += delta;
        }
        return nanos;
    }
}
