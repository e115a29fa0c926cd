using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>CPU time of each thread of this process, as the system counts it, between one reading and the next.</summary>
/// <remarks>
/// Linux: the first number of /proc/self/task/N/schedstat, nanoseconds on a processor, kernel included. Elsewhere
/// what <see cref="Process"/> tells. Not thread safe.
/// </remarks>
internal sealed class ThreadTimes
{
    private readonly Dictionary<int, ThreadTime> _threads = [];
    private readonly List<int> _gone = [];
    private long _processNanos = ProcessNanos();
    private int _reading;

    /// <summary>CPU time of the process since the reading before.</summary>
    public long ProcessDeltaNanos { get; private set; }

    /// <summary>The part of it that threads used which ended meanwhile.</summary>
    public long EndedNanos { get; private set; }

    /// <summary>Reads the times.</summary>
    public void Read()
    {
        _reading++;
        var total = ProcessNanos();
        ProcessDeltaNanos = total - _processNanos;
        _processNanos = total;
        var live = 0L;
        if (OperatingSystem.IsLinux()) ReadTasks(ref live);
        else ReadProcess(ref live);
        _gone.Clear();
        foreach (var (id, thread) in _threads)
            if (thread.Reading != _reading) _gone.Add(id);
        foreach (var id in _gone) _threads.Remove(id);
        // Readings are not made at one moment: what is beyond the total was used while they were made.
        EndedNanos = Math.Max(0, ProcessDeltaNanos - live);
    }

    /// <summary>CPU time of a live thread since the reading before; −1: it does not live.</summary>
    public long DeltaOf(int thread) => _threads.TryGetValue(thread, out var time) ? time.DeltaNanos : -1;

    /// <summary>All live threads.</summary>
    public IEnumerable<int> Threads => _threads.Keys;

    /// <summary>Its name, of at most 15 letters, as the system keeps it.</summary>
    public static string NameOf(int thread)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/comm")).TrimEnd('\n') : "";
        }
        catch (IOException)
        {
            return "";   // it ended
        }
    }

    private static long ProcessNanos() => (long)(Environment.CpuUsage.TotalTime.Ticks * 100.0);

    private void ReadTasks(ref long live)
    {
        Span<byte> buffer = stackalloc byte[128];
        foreach (var folder in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (!int.TryParse(folder.AsSpan(folder.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                using var file = File.OpenHandle(folder + "/schedstat");
                var count = RandomAccess.Read(file, buffer, 0);
                if (Utf8Parser.TryParse(buffer[..count], out long nanos, out _)) Take(id, nanos, ref live);
            }
            catch (IOException)
            {
                // It ended since it was listed.
            }
        }
    }

    private void ReadProcess(ref long live)
    {
        using var process = Process.GetCurrentProcess();
        foreach (ProcessThread thread in process.Threads)
        {
            try
            {
                if (OperatingSystem.IsWindows() || OperatingSystem.IsLinux()) Take(thread.Id, thread.TotalProcessorTime.Ticks * 100, ref live);
            }
            catch (InvalidOperationException)
            {
                // It ended since it was listed.
            }
        }
    }

    private void Take(int id, long nanos, ref long live)
    {
        // A thread that was not there before has used its time since then; its number may be that of one that ended.
        var before = _threads.TryGetValue(id, out var known) && known.TotalNanos <= nanos ? known.TotalNanos : 0;
        var delta = _reading == 1 ? 0 : nanos - before;
        live = Saturating.Add(live, delta);
        _threads[id] = new ThreadTime(nanos, delta, _reading);
    }

    private readonly record struct ThreadTime(long TotalNanos, long DeltaNanos, int Reading);
}
