using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kagari.Profiles;
using Kagari.Server.Limits;

namespace Kagari.Server.Ingest.Splitting;

/// <summary>Remembers the series of label sets that were seen: a client sends the same labels with every push.</summary>
/// <remarks>
/// The key is a 128-bit hash over everything the series depend on. Limits and rules belong to it by reference: new
/// limits make new keys. When full it is emptied: refilling costs microseconds per label set.
/// </remarks>
internal sealed class SeriesGroupCache
{
    private const int EntriesMax = 50_000;

    /// <summary>A number of its own for each set of limits: two that shared one would share their relabel rules.</summary>
    private static readonly ConditionalWeakTable<TenantLimits, StrongBox<ulong>> LimitsNumbers = [];

    private static ulong _lastNumber;

    /// <summary>Label values may be long and many: what the entries hold is bounded too, roughly.</summary>
    private const long BytesMax = 64 << 20;

    private readonly ConcurrentDictionary<UInt128, SeriesGroups> _groups = new();
    private long _bytes;

    /// <summary>The series of these labels for the profile's sample types.</summary>
    public SeriesGroups Get(
        FlatProfile profile, LabelSet labels, ReadOnlySpan<SampleLabel> sampleLabels, TenantLimits limits)
    {
        var key = Key(profile, labels, sampleLabels, limits);
        if (_groups.TryGetValue(key, out var known)) return known;
        var all = new List<Label>(labels);
        foreach (var label in sampleLabels)
        {
            var name = profile.GetString(label.Key);
            if (!labels.TryGet(name, out _)) all.Add(new Label(name, profile.GetString(label.Text)));
        }
        known = SeriesGroupFactory.Create(profile, all, limits);
        if (_groups.Count >= EntriesMax || Interlocked.Add(ref _bytes, BytesOf(known)) > BytesMax)
        {
            _groups.Clear();
            Interlocked.Exchange(ref _bytes, 0);
        }
        _groups[key] = known;
        return known;
    }

    private static long BytesOf(SeriesGroups groups)
    {
        const int PerLabel = 80;
        var bytes = 0L;
        foreach (var (_, group) in groups.Groups)
            foreach (var series in group.Series)
                foreach (var label in series.Span) bytes += PerLabel + (2 * (label.Name.Length + label.Value.Length));
        return bytes;
    }

    private static UInt128 Key(FlatProfile profile, LabelSet labels, ReadOnlySpan<SampleLabel> sampleLabels, TenantLimits limits)
    {
        var hash = new KeyHash(LimitsNumbers.GetValue(limits, static _ => new StrongBox<ulong>(Interlocked.Increment(ref _lastNumber))).Value);
        foreach (var label in labels.Span)
        {
            hash.Add(MemoryMarshal.AsBytes(label.Name.AsSpan()));
            hash.Add(MemoryMarshal.AsBytes(label.Value.AsSpan()));
        }
        hash.Add([]);
        foreach (ref readonly var type in profile.SampleTypes.Span)
        {
            hash.Add(profile.Text(type.Type));
            hash.Add(profile.Text(type.Unit));
        }
        hash.Add(profile.Text(profile.PeriodType.Type));
        hash.Add(profile.Text(profile.PeriodType.Unit));
        foreach (ref readonly var label in sampleLabels)
        {
            hash.Add(profile.Text(label.Key));
            hash.Add(profile.Text(label.Text));
        }
        return hash.Value;
    }

    private struct KeyHash(ulong seed)
    {
        private ulong _low = seed, _high = ~seed;

        public readonly UInt128 Value => new(_high, _low);

        public void Add(ReadOnlySpan<byte> part)
        {
            // The length keeps ("ab","c") apart from ("a","bc").
            _low = XxHash64.Of(part, _low + (ulong)part.Length);
            _high = XxHash64.Of(part, _high ^ _low);
        }
    }
}
