using System.Globalization;

namespace Kagari.Client.Sampling.PerfEvents;

/// <summary>Counters of the CPU time of all threads of this process, with a buffer of samples per processor.</summary>
/// <remarks>
/// Where the right to watch whole processors is there, one counter for each, and samples of other processes are dropped:
/// nothing is done when threads take turns. Counters of threads are stopped and started at every turn, which took 2 µs in a
/// virtual machine, 4 to 10 % of the CPU time of a web server that does little else than take turns. On large machines the
/// samples of others would be the most, so there too threads are counted.
///
/// Else a counter belongs to a thread and a processor, and the threads that a thread starts inherit it: so only the threads
/// that are there at the start need one. All counters of a processor write into one buffer.
/// <code>
///            cpu 0      cpu 1
/// thread a   ●─ buffer  ●─ buffer        a starts c: c is counted by a's
/// thread b   ●─┘        ●─┘
/// </code>
/// </remarks>
internal sealed class PerfCounters : IDisposable
{
    /// <summary>Threads times processors: beyond, the counters themselves would be a burden.</summary>
    private const int FilesMax = 4096;

    /// <summary>Processors that are watched whole.</summary>
    private const int ProcessorsMax = 8;

    /// <summary>Threads may be started while the list is made; each round finds those.</summary>
    private const int RoundsMax = 5;

    private const int ESRCH = 3, EACCES = 13, EPERM = 1, ENOSYS = 38;

    private readonly List<int> _files = [];
    private readonly List<PerfRing> _rings = [];
    private readonly Dictionary<int, int> _fileOfCpu = [];
    private readonly HashSet<int> _threads = [];

    private PerfCounters()
    {
    }

    /// <summary>Samples that were lost.</summary>
    public long Lost => _rings.Sum(r => r.Lost);

    /// <summary>Opens the counters.</summary>
    /// <param name="period">CPU time between two samples.</param>
    /// <param name="counters">The counters, which count already.</param>
    /// <param name="problem">Why there are none, and what to try.</param>
    public static bool TryOpen(TimeSpan period, out PerfCounters counters, out string problem)
    {
        counters = new PerfCounters();
        if (!OperatingSystem.IsLinux())
        {
            problem = "perf_event_open exists on Linux only";
            return false;
        }
        if (counters.TryOpenProcessors(period))
        {
            problem = "";
            return true;
        }
        counters.Dispose();
        counters = new PerfCounters();
        // Kernel time needs a right more; where it is missing only user code is sampled, and weighted with all time.
        foreach (var withKernel in (ReadOnlySpan<bool>)[true, false])
        {
            if (counters.TryOpen(PerfEventAttr.CpuClock(period, withKernel), out problem, out var isForbidden)) return true;
            counters.Dispose();
            if (!isForbidden || !withKernel) return false;
            counters = new PerfCounters();
        }
        throw new InvalidOperationException("BUG: the loop above returns");
    }

    /// <summary>Reads all samples that are there.</summary>
    public void Drain(PerfRing.Take take)
    {
        foreach (var ring in _rings) ring.Drain(take);
    }

    public void Dispose()
    {
        foreach (var ring in _rings) ring.Dispose();
        foreach (var file in _files) _ = PerfNative.close(file);
        _rings.Clear();
        _files.Clear();
    }

    private bool TryOpenProcessors(TimeSpan period)
    {
        var cpus = OnlineCpus();
        if (cpus.Count > ProcessorsMax) return false;
        return TryOpen(PerfEventAttr.ProcessorClock(period), thread: -1, cpus, out _, out _);
    }

    private bool TryOpen(PerfEventAttr attr, out string problem, out bool isForbidden)
    {
        isForbidden = false;
        problem = "";
        var cpus = OnlineCpus();
        for (var round = 0; round < RoundsMax; round++)
        {
            var found = false;
            foreach (var folder in Directory.EnumerateDirectories("/proc/self/task"))
            {
                if (!int.TryParse(folder.AsSpan(folder.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var thread) || !_threads.Add(thread)) continue;
                found = true;
                if ((long)_threads.Count * cpus.Count > FilesMax)
                {
                    problem = $"{_threads.Count} threads on {cpus.Count} processors would need more than {FilesMax} counters; start the profiler earlier, when there are fewer threads";
                    return false;
                }
                if (!TryOpen(attr, thread, cpus, out problem, out isForbidden)) return false;
            }
            // A thread that was started meanwhile by one that has counters is counted twice; that its samples weigh
            // half then is seen to by the weights.
            if (!found) break;
        }
        return true;
    }

    private bool TryOpen(in PerfEventAttr attr, int thread, List<int> cpus, out string problem, out bool isForbidden)
    {
        isForbidden = false;
        problem = "";
        foreach (var cpu in cpus)
        {
            var file = PerfNative.PerfEventOpen(attr, thread, cpu, out var error);
            if (file < 0)
            {
                if (error == ESRCH) return true;   // the thread has ended
                isForbidden = error is EACCES or EPERM;
                problem = error switch
                {
                    EACCES or EPERM => $"perf_event_open is forbidden here (kernel.perf_event_paranoid is {ReadOr("/proc/sys/kernel/perf_event_paranoid", "unknown")} and must be 2 or less; in a container the seccomp profile must allow the call, or CAP_PERFMON be given)",
                    ENOSYS => "perf_event_open does not exist here",
                    _ => $"perf_event_open failed with error {error}",
                };
                return false;
            }
            _files.Add(file);
            if (_fileOfCpu.TryGetValue(cpu, out var first))
            {
                if (PerfNative.ioctl(file, PerfNative.PERF_EVENT_IOC_SET_OUTPUT, first) == 0) continue;
                problem = $"the counters of processor {cpu} cannot share a buffer";
                return false;
            }
            if (PerfRing.TryMap(file, _rings.Count > 0 ? _rings[0] : null) is not { } ring)
            {
                problem = "there is no locked memory for the buffers (kernel.perf_event_mlock_kb, or the limit of locked memory: ulimit -l)";
                return false;
            }
            _rings.Add(ring);
            _fileOfCpu.Add(cpu, file);
        }
        return true;
    }

    /// <summary>As <c>0-3,8,10-11</c>.</summary>
    private static List<int> OnlineCpus()
    {
        var cpus = new List<int>();
        foreach (var part in ReadOr("/sys/devices/system/cpu/online", $"0-{Environment.ProcessorCount - 1}").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)) continue;
            var last = ends.Length > 1 && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end) ? end : first;
            for (var cpu = first; cpu <= last && cpus.Count < FilesMax; cpu++) cpus.Add(cpu);
        }
        return cpus;
    }

    private static string ReadOr(string path, string otherwise)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
