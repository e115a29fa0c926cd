using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Etlx;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>What Microsoft's own library reads in a trace.</summary>
internal static class NetTraceOracle
{
    private static readonly Guid s_sampler = new("3c530d44-97ae-513a-1e6d-783e8f8e03a9");

    private static readonly Dictionary<Guid, string> s_names = new()
    {
        [s_sampler] = "Microsoft-DotNETCore-SampleProfiler",
        [ClrTraceEventParser.ProviderGuid] = ClrTraceEventParser.ProviderName,
        [ClrRundownTraceEventParser.ProviderGuid] = "Microsoft-Windows-DotNETRuntimeRundown",
    };

    /// <summary>Events by <c>provider/id</c>.</summary>
    public static Dictionary<string, int> Counts(string path)
    {
        using var source = new EventPipeEventSource(path);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        source.AllEvents += e =>
        {
            var type = $"{s_names.GetValueOrDefault(e.ProviderGuid, e.ProviderName)}/{(int)e.ID}";
            counts[type] = counts.GetValueOrDefault(type) + 1;
        };
        source.Process();
        source.EventsLost.ShouldBe(0);
        return counts;
    }

    /// <summary>Thread and stack of each sample, leaf first.</summary>
    public static List<string> Samples(string path)
    {
        var converted = TraceLog.CreateFromEventPipeDataFile(path);
        using var log = new TraceLog(converted);
        var samples = new List<string>();
        foreach (var e in log.Events)
        {
            if (e.ProviderGuid != s_sampler || (int)e.ID != 0) continue;
            var stack = new List<ulong>();
            for (var frame = e.CallStack(); frame is not null; frame = frame.Caller) stack.Add(frame.CodeAddress.Address);
            samples.Add($"{e.ThreadID}: {NetTraceEvents.Draw(stack)}");
        }
        return samples;
    }
}
