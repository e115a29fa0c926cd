namespace Kagari.Profiles;

/// <summary>Names of a kind of profile, those that .NET's native profiler sends: so dashboards keep working.</summary>
internal readonly record struct NetTraceProfileType(string Name, string Family, (string Type, string Unit) First, (string Type, string Unit) Second, (string Type, string Unit) Period)
{
    public static NetTraceProfileType Of(NetTraceProfileKind kind) => kind switch
    {
        NetTraceProfileKind.Cpu => new("cpu", "process_cpu", ("cpu", "nanoseconds"), default, ("cpu", "nanoseconds")),
        NetTraceProfileKind.Wall => new("wall", "wall", ("wall", "nanoseconds"), default, ("cpu", "nanoseconds")),
        NetTraceProfileKind.Alloc => new("alloc", "memory", ("alloc_samples", "count"), ("alloc_size", "bytes"), ("space", "bytes")),
        NetTraceProfileKind.Lock => new("lock", "lock", ("lock_count", "count"), ("lock_time", "nanoseconds"), ("cpu", "nanoseconds")),
        _ => new("exception", "exception", ("exception", "count"), default, ("cpu", "nanoseconds")),
    };
}
