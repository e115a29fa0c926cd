using Kagari.Profiles;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>The profile type of text and tree uploads: the last dotted part of the app name.</summary>
/// <param name="Family">Becomes <c>__name__</c>.</param>
/// <param name="SampleType">Sample type.</param>
/// <param name="SampleUnit">Sample unit.</param>
/// <param name="IsTime">Values are counts of samples that a sample rate turns into nanoseconds.</param>
internal sealed record TextProfileType(string Family, string SampleType, string SampleUnit, bool IsTime)
{
    private static readonly Dictionary<string, TextProfileType> BySuffix = CreateTable();

    /// <summary>Splits an app name into service and type; a name without dots is a CPU profile.</summary>
    public static bool TrySplit(string app, out string service, out TextProfileType type)
    {
        var dot = app.LastIndexOf('.');
        service = dot < 0 ? app : app[..dot];
        return BySuffix.TryGetValue(dot < 0 ? "cpu" : app[(dot + 1)..], out type!);
    }

    /// <summary>Sets types and period of a decoded profile, and scales its values where they count samples over time.</summary>
    /// <exception cref="IngestException">A scaled value does not fit.</exception>
    public void ApplyTo(FlatProfile profile, int sampleRate)
    {
        profile.SampleTypes.Clear();
        if (!IsTime || sampleRate == 0)
        {
            profile.SampleTypes.Add(new Profiles.ValueType(profile.AddString(SampleType), profile.AddString(SampleUnit)));
            return;
        }
        var period = 1_000_000_000L / sampleRate;
        profile.Period = period;
        var nanoseconds = profile.AddString("nanoseconds");
        profile.SampleTypes.Add(new Profiles.ValueType(profile.AddString(Family == "wall" ? "wall" : "cpu"), nanoseconds));
        profile.PeriodType = new Profiles.ValueType(profile.AddString("cpu"), nanoseconds);
        foreach (ref var value in profile.Values.Span)
        {
            if (Math.Abs((decimal)value) * period > long.MaxValue)
                throw IngestException.Invalid(DiscardReason.MalformedProfile, $"the value {value} at {sampleRate} Hz is more nanoseconds than 64 bits hold");
            value *= period;
        }
    }

    private static Dictionary<string, TextProfileType> CreateTable()
    {
        var table = new Dictionary<string, TextProfileType>(StringComparer.Ordinal);
        void Add(string suffixes, string family, string? sampleType, string unit, bool isTime = false)
        {
            foreach (var suffix in suffixes.Split(' ')) table.Add(suffix, new TextProfileType(family, sampleType ?? suffix, unit, isTime));
        }
        Add("cpu itimer", "process_cpu", "samples", "count", isTime: true);
        Add("wall seconds nanoseconds microseconds milliseconds", "wall", "samples", "count", isTime: true);
        Add("inuse_objects alloc_objects alloc_in_new_tlab_objects alloc_outside_tlab_objects live", "memory", null, "count");
        Add("inuse_space alloc_space alloc_in_new_tlab_bytes alloc_outside_tlab_bytes", "memory", null, "bytes");
        Add("goroutines", "goroutine", null, "count");
        Add("mutex_count", "mutex", "contentions", "count");
        Add("mutex_duration", "mutex", "delay", "nanoseconds");
        Add("block_count lock_count", "block", "contentions", "count");
        Add("block_duration lock_duration", "block", "delay", "nanoseconds");
        Add("exceptions", "exceptions", "samples", "count");
        Add("bytes", "memory", "samples", "bytes");
        return table;
    }
}
