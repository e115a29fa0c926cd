using System.Runtime.InteropServices;

namespace Kagari.Client.Sampling.PerfEvents;

/// <summary>What a kernel counter counts, and what it writes down.</summary>
/// <remarks>perf_event_open(2), struct perf_event_attr, version 5 (112 bytes); names are the kernel's.</remarks>
[StructLayout(LayoutKind.Explicit, Size = SizeVersion5)]
internal struct PerfEventAttr
{
    public const int SizeVersion5 = 112;

    public const uint PERF_TYPE_SOFTWARE = 1;
    public const ulong PERF_COUNT_SW_CPU_CLOCK = 0;
    public const ulong PERF_SAMPLE_TID = 1 << 1, PERF_SAMPLE_TIME = 1 << 2, PERF_SAMPLE_CALLCHAIN = 1 << 5;

    /// <summary>Bits of <see cref="flags"/>.</summary>
    public const ulong Inherit = 1 << 1, ExcludeIdle = 1 << 7, ExcludeKernel = 1 << 5, ExcludeHypervisor = 1 << 6, ExcludeCallchainKernel = 1 << 21, UseClockId = 1 << 25;

    public const int CLOCK_MONOTONIC = 1;

    [FieldOffset(0)] public uint type;
    [FieldOffset(4)] public uint size;
    [FieldOffset(8)] public ulong config;
    [FieldOffset(16)] public ulong sample_period;
    [FieldOffset(24)] public ulong sample_type;
    [FieldOffset(40)] public ulong flags;
    [FieldOffset(48)] public uint wakeup_events;
    [FieldOffset(92)] public int clockid;

    /// <summary>Time of a processor, a sample of what it runs after each period; nothing while it rests.</summary>
    public static PerfEventAttr ProcessorClock(TimeSpan period)
    {
        var attr = CpuClock(period, withKernel: true);
        attr.flags = (attr.flags & ~Inherit) | ExcludeIdle;
        // A hundredth more: 99 looks a second meet no rhythm of programs that do things every 10 ms.
        attr.sample_period += attr.sample_period / 100;
        return attr;
    }

    /// <summary>CPU time of a thread, a sample with its call chain after each period.</summary>
    public static PerfEventAttr CpuClock(TimeSpan period, bool withKernel) => new()
    {
        type = PERF_TYPE_SOFTWARE,
        size = SizeVersion5,
        config = PERF_COUNT_SW_CPU_CLOCK,
        sample_period = (ulong)period.Ticks * 100,
        // Time in the kernel counts for the code that called it, whose frames are the chain.
        sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CALLCHAIN,
        flags = Inherit | ExcludeHypervisor | ExcludeCallchainKernel | UseClockId | (withKernel ? 0 : ExcludeKernel),
        wakeup_events = 1 << 20,   // nobody waits for the kernel: the buffers are looked at in turn
        clockid = CLOCK_MONOTONIC,   // the clock of the runtime's events and of Stopwatch
    };
}
