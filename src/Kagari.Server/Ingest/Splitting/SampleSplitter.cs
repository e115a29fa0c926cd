using System.Runtime.InteropServices;
using Kagari.Profiles;
using Kagari.Server.Limits;
using Kagari.Storage;

namespace Kagari.Server.Ingest.Splitting;

/// <summary>Splits the samples of a profile into rows: samples whose labels make the same series belong together.</summary>
/// <remarks>Reused for profile after profile; not thread safe.</remarks>
internal sealed class SampleSplitter
{
    /// <summary>
    /// Series that one profile may make, label sets times sample types. Real ones make tens; each costs a kilobyte
    /// here and more in every index, and without a limit one profile of the allowed size could make millions.
    /// </summary>
    public const int SeriesMax = 65_536;

    private readonly Dictionary<ulong, List<Target>> _targetsByLabels = [];
    private readonly Dictionary<(string Service, UInt128 Group), Target> _targets = [];
    private readonly List<Target> _pool = [];
    private FlatList<SampleLabel> _seriesLabels;
    private FlatList<SpanId> _spans;
    private bool _hasSpans;
    private int _used, _series;

    /// <summary>Sample types times label sets that relabelling dropped.</summary>
    public int Dropped { get; private set; }

    /// <summary>The rows of the profile, by service; valid until the next call.</summary>
    /// <exception cref="IngestException">A label is not allowed, or there are too many series.</exception>
    public List<(string Service, ProfileRow Row)> Split(FlatProfile profile, LabelSet labels, TenantLimits limits, SeriesGroupCache cache)
    {
        Begin(profile);
        var samples = profile.Samples.Span;
        for (var i = 0; i < samples.Length; i++)
        {
            var hash = ReadLabels(profile, samples[i], i);
            if (!_targetsByLabels.TryGetValue(hash, out var targets))
                _targetsByLabels.Add(hash, targets = TargetsOf(cache.Get(profile, labels, _seriesLabels.Span, limits)));
            foreach (var target in targets) target.Samples.Add(i);
        }
        var spans = _hasSpans ? _spans.Memory : default;
        var rows = new List<(string, ProfileRow)>(_targets.Count);
        foreach (var ((service, _), target) in _targets) rows.Add((service, new ProfileRow(target.Group, target.Samples.Memory, spans)));
        return rows;
    }

    private void Begin(FlatProfile profile)
    {
        _targetsByLabels.Clear();
        _targets.Clear();
        _used = _series = 0;
        _hasSpans = false;
        Dropped = 0;
        _spans.Clear();
        _spans.Resize(profile.Samples.Count);
        _spans.Span.Clear();
    }

    /// <summary>Collects the labels of a sample that belong to its series, in order, and returns their hash.</summary>
    private ulong ReadLabels(FlatProfile profile, in Sample sample, int index)
    {
        _seriesLabels.Clear();
        foreach (ref readonly var label in profile.Labels.Span.Slice(sample.LabelStart, sample.LabelCount))
        {
            // Numbers (as the size of a heap sample's blocks) are no labels of a series.
            if (label.Text == 0 || profile.Text(label.Key).Length == 0) continue;
            if (!TryTakeSpan(profile, label, index)) _seriesLabels.Add(label);
        }
        // Clients write labels in any order; equal sets must be one series.
        var labels = _seriesLabels.Span;
        if (labels.Length > 1) labels.Sort(static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Text.CompareTo(b.Text));
        ulong hash = (ulong)labels.Length;
        foreach (ref readonly var label in labels) hash = XxHash64.Mix(hash, ((ulong)(uint)label.Key << 32) | (uint)label.Text);
        return hash;
    }

    private bool TryTakeSpan(FlatProfile profile, in SampleLabel label, int index)
    {
        var key = profile.Text(label.Key);
        if (key.Length is < 7 or > 10) return false;
        if (key.SequenceEqual("span_id"u8) || key.SequenceEqual("profile_id"u8))
        {
            if (SpanId.TryParseSpan(profile.Text(label.Text), out var span)) _spans[index] = _spans[index] with { Span = span };
        }
        else if (key.SequenceEqual("trace_id"u8))
        {
            if (SpanId.TryParseTrace(profile.Text(label.Text), out var trace)) _spans[index] = _spans[index] with { Trace = trace };
        }
        else return false;
        _hasSpans |= !_spans[index].IsNone;
        return true;
    }

    private List<Target> TargetsOf(SeriesGroups groups)
    {
        Dropped += groups.Dropped;
        _series += groups.Dropped + groups.Groups.Sum(g => g.Group.Series.Count);
        if (_series > SeriesMax)
        {
            throw IngestException.Invalid(DiscardReason.SeriesLimit,
                $"the labels of the profile's samples make more than {SeriesMax} series; labels with a value for each request do not belong on samples");
        }
        var targets = new List<Target>(groups.Groups.Count);
        foreach (var (service, group) in groups.Groups)
        {
            // Different sample labels may end in the same series (a rule dropped the difference): one row for both.
            ref var target = ref CollectionsMarshal.GetValueRefOrAddDefault(_targets, (service, group.Hash), out var known);
            if (!known) target = Rent(group);
            targets.Add(target!);
        }
        return targets;
    }

    private Target Rent(SeriesGroup group)
    {
        if (_used == _pool.Count) _pool.Add(new Target());
        var target = _pool[_used++];
        target.Group = group;
        target.Samples.Clear();
        return target;
    }

    private sealed class Target
    {
        public SeriesGroup Group = null!;
        public FlatList<int> Samples;
    }
}
