using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

// How profiles or spans spread over time and value.
public sealed partial class QueryEngine
{
    /// <summary>Value buckets of a heatmap: equal widths between the least and the greatest value of all series.</summary>
    public const int HeatmapBuckets = 20;

    /// <summary>A heatmap per group, those with most points first.</summary>
    public Task<IReadOnlyList<HeatmapSeries>> HeatmapAsync(
        SeriesQuery query, StackFilter filter, HeatmapOptions options, CancellationToken cancellation) =>
        ReplanAsync(query, token => HeatmapOnceAsync(query, filter, options, token), cancellation);

    private async Task<IReadOnlyList<HeatmapSeries>> HeatmapOnceAsync(
        SeriesQuery query, StackFilter filter, HeatmapOptions options, CancellationToken cancellation)
    {
        var steps = new TimeSteps(options.StartMillis, options.EndMillis, options.StepMillis);
        var groups = new SeriesGrouping(options.GroupBy);
        var covered = steps.Cover(query) with { SlotNanosMax = SeriesQuery.ProfilesOnly };
        var points = new List<HeatPoint>();
        if (options.OfSpans) await AddSpanPointsAsync(covered, filter, steps, points, cancellation);
        else
        {
            await foreach (var (row, labels, total, _) in RowTotalsAsync(_datasets.ScanAsync(covered with { WithoutStacks = filter.SelectsAllOfRow }, cancellation), filter, cancellation))
                if (steps.TryFind(row.TimeNanos, out var edge)) points.Add(new HeatPoint(edge, total, row, default, labels));
            points = MergeProfiles(points, groups);
        }
        if (points.Count == 0) return [];

        var scale = HeatScale.Of(points.Min(p => p.Value), points.Max(p => p.Value));
        var series = points.GroupBy(p => groups.Of(p.Labels))
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, LabelSetComparer.Instance)
            .Select(g => new HeatmapSeries(g.Key, [.. g.GroupBy(p => p.Edge).OrderBy(s => s.Key).Select(s => ToSlot(s.Key, [.. s], scale, groups, options))]));
        return [.. options.Limit > 0 ? series.Take(options.Limit) : series];
    }

    /// <summary>A profile that sample labels split into several series of one group is one point.</summary>
    private static List<HeatPoint> MergeProfiles(List<HeatPoint> points, SeriesGrouping groups) =>
        [.. points.GroupBy(p => (groups.Of(p.Labels), p.Row.Identity)).Select(parts => parts.Aggregate((whole, part) =>
            whole with { Value = whole.Value + part.Value, Labels = SeriesGrouping.Common(whole.Labels, part.Labels) }))];

    private static HeatmapSlot ToSlot(long edge, List<HeatPoint> points, HeatScale scale, SeriesGrouping groups, HeatmapOptions options)
    {
        var counts = new int[HeatmapBuckets];
        var largest = new HeatPoint?[HeatmapBuckets];
        foreach (var point in points)
        {
            var bucket = scale.BucketOf(point.Value);
            counts[bucket]++;
            if (largest[bucket] is not { } other || point.Value > other.Value) largest[bucket] = point;
        }
        IReadOnlyList<Exemplar> exemplars = !options.WithExemplars ? [] :
        [
            .. largest.OfType<HeatPoint>().Select(p => new Exemplar(
                p.Row.TimeNanos / 1_000_000, p.Row.Identity.ToProfileId(), p.Span.Span, p.Span.Trace, p.Value, groups.Others(p.Labels))),
        ];
        return new HeatmapSlot(edge, scale.LowerBounds, counts, exemplars);
    }

    private async Task AddSpanPointsAsync(SeriesQuery query, StackFilter filter, TimeSteps steps, List<HeatPoint> points, CancellationToken cancellation)
    {
        await foreach (var dataset in _datasets.ScanAsync(query, cancellation))
        {
            var sums = new SpanSums(dataset.View, StackMask.Compute(dataset.View, filter));
            await dataset.ScanAsync(filter, wantSpans: true, sums, cancellation);
            foreach (var ((row, span), value) in sums.Sums)
                if (steps.TryFind(row.Row.TimeNanos, out var edge)) points.Add(new HeatPoint(edge, value, row.Row, span, dataset.View.Series[row.Series]));
        }
    }

    private sealed record HeatPoint(long Edge, long Value, Row Row, SpanId Span, LabelSet Labels);

    private sealed record HeatScale(double Least, double Width, IReadOnlyList<double> LowerBounds)
    {
        public static HeatScale Of(long least, long greatest)
        {
            var width = ((greatest == least ? least + 1.0 : greatest) - least) / HeatmapBuckets;
            return new HeatScale(least, width, [.. Enumerable.Range(0, HeatmapBuckets).Select(i => least + (i * width))]);
        }

        public int BucketOf(long value) => Math.Clamp((int)((value - Least) / Width), 0, HeatmapBuckets - 1);
    }

    /// <summary>Sums per row and span.</summary>
    private sealed class SpanSums(DatasetView view, bool[]? mask) : ICellSink
    {
        private SelectedRow _row;

        public Dictionary<(SelectedRow Row, SpanId Span), long> Sums { get; } = [];

        public bool BeginRow(in SelectedRow row)
        {
            _row = row;
            return true;
        }

        public void AddCells(ReadOnlySpan<int> stacks, ReadOnlySpan<long> values, ReadOnlySpan<SpanId> spans)
        {
            var treeNodes = view.TreeNodes.Span;
            for (var i = 0; i < spans.Length; i++)
            {
                if (spans[i].Span == 0 || (mask is not null && !mask[treeNodes[stacks[i]]])) continue;
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Sums, (_row, spans[i]), out _) += values[i];
            }
        }
    }
}
