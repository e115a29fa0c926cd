using System.Diagnostics.CodeAnalysis;
using Kagari.Client;

namespace Pyroscope;

/// <summary>The profiler of this process, by the names of the package that this stands in for. Where profiling was not started, nothing happens.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Programs call them on the instance.")]
public class Profiler
{
    private Profiler()
    {
    }

    /// <summary>The profiler.</summary>
    public static Profiler Instance { get; } = new();

    /// <summary>Turns CPU profiles on or off. Unlike before, what was off at the start can be turned on.</summary>
    public void SetCPUTrackingEnabled(bool enabled) => Switch(ProfileKinds.Cpu, enabled);

    /// <summary>Turns profiles of allocations on or off.</summary>
    public void SetAllocationTrackingEnabled(bool enabled) => Switch(ProfileKinds.Allocations, enabled);

    /// <summary>Turns profiles of locks on or off.</summary>
    public void SetContentionTrackingEnabled(bool enabled) => Switch(ProfileKinds.Locks, enabled);

    /// <summary>Turns profiles of exceptions on or off.</summary>
    public void SetExceptionTrackingEnabled(bool enabled) => Switch(ProfileKinds.Exceptions, enabled);

    /// <summary>Other credentials for uploads.</summary>
    public void SetBasicAuth(string username, string password) => KagariProfiler.Current?.SetBasicAuth(username, password);

    /// <summary>Samples of the flow that runs here have this tag from now on, until <see cref="ClearDynamicTags"/>.</summary>
    /// <remarks>
    /// In the package that this stands in for, a tag belonged to the thread of the system, and came to whatever ran there
    /// next. Here it belongs to the flow: what is called, awaited or started from here on has it, wherever it runs; the
    /// caller of an asynchronous method and other requests do not. A tag of the whole process is
    /// <see cref="Labels.SetAmbient"/>.
    /// </remarks>
    public void SetDynamicTag(string key, string value)
    {
        if (LabelRules.NearestName(key) is { } name) CurrentLabels.SetTable(ProfileLabels.Of((name, value)).Over(CurrentLabels.Table));
    }

    /// <summary>Samples of the flow that runs here have these tags, and no others, from now on.</summary>
    public void SetDynamicTags(Dictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        CurrentLabels.SetTable(LabelSet.ToLabels(tags).Alone);
    }

    /// <summary>Samples of the flow that runs here have no tags from now on, also none of a <see cref="LabelSet"/> and no <c>endpoint</c>.</summary>
    public void ClearDynamicTags() => CurrentLabels.SetTable(LabelTable.Empty);

    /// <summary>The span of the flow that runs here.</summary>
    [Obsolete("Use SetSpanContext(ulong localRootSpanId, ulong traceIdHi, ulong traceIdLo) instead.")]
    public void SetProfileId(ulong profileId) => SetSpanContext(profileId, 0, 0);

    /// <summary>The span of the flow that runs here; 0 for none.</summary>
    /// <param name="localRootSpanId">The bytes of the id in the order of memory, as <c>ActivitySpanId.CopyTo</c> gives them.</param>
    /// <param name="traceIdHi">The first half of the trace's id, likewise; 0 where it is not known.</param>
    /// <param name="traceIdLo">The second half.</param>
    public void SetSpanContext(ulong localRootSpanId, ulong traceIdHi, ulong traceIdLo) =>
        CurrentLabels.SetSpan(SpanLabels.FromMemoryOrder(localRootSpanId, traceIdHi, traceIdLo));

    private static void Switch(ProfileKinds kind, bool enabled)
    {
        if (KagariProfiler.Current is { } session) session.Profiles = enabled ? session.Profiles | kind : session.Profiles & ~kind;
    }
}
