using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

// Values over time: from the totals that rows carry; samples are read only where a filter asks for some of them.
public sealed partial class QueryEngine
{
    /// <summary>Sums (or means) per step and group, greatest series first.</summary>
    public Task<IReadOnlyList<TimeSeries>> TimeSeriesAsync(
        SeriesQuery query, StackFilter filter, TimeSeriesOptions options, CancellationToken cancellation) =>
        ReplanAsync(query, token => TimeSeriesOnceAsync(query, filter, options, token), cancellation);

    private async Task<IReadOnlyList<TimeSeries>> TimeSeriesOnceAsync(
        SeriesQuery query, StackFilter filter, TimeSeriesOptions options, CancellationToken cancellation)
    {
        var steps = new TimeSteps(options.StartMillis, options.EndMillis, options.StepMillis);
        var groups = new SeriesGrouping(options.GroupBy);
        var buckets = new Dictionary<object, Dictionary<long, Bucket>>(ReferenceEqualityComparer.Instance);
        // Sums of slots have neither single profiles nor their number.
        var needsProfiles = options.Average || options.WithExemplars || filter.AsksForSingles;
        var covered = steps.Cover(query) with { SlotNanosMax = needsProfiles ? SeriesQuery.ProfilesOnly : Rollup.SlotOf(steps), GroupBy = options.GroupBy };
        var scanned = _datasets.ScanAsync(covered with { WithoutStacks = filter.SelectsAllOfRow }, cancellation);
        await foreach (var (row, labels, total, isAnnotated) in RowTotalsAsync(scanned, filter, cancellation))
        {
            if (!steps.TryFind(row.TimeNanos, out var edge)) continue;
            var group = groups.Of(labels);
            if (!buckets.TryGetValue(group, out var own)) buckets.Add(group, own = []);
            if (!own.TryGetValue(edge, out var bucket)) own.Add(edge, bucket = new Bucket());
            bucket.Sum = Saturating.Add(bucket.Sum, total);
            bucket.Count++;
            if (options.WithExemplars) bucket.AddProfile(row, labels, total);
            if (isAnnotated) bucket.Annotate(labels);
        }

        var series = buckets.Select(g => new TimeSeries(
            (LabelSet)g.Key, [.. g.Value.OrderBy(b => b.Key).Select(b => ToPoint(b.Key, b.Value, groups, options))]));
        var ordered = series.OrderByDescending(s => s.Points.Sum(p => p.Value)).ThenBy(s => s.Labels, LabelSetComparer.Instance);
        return [.. options.Limit > 0 ? ordered.Take(options.Limit) : ordered];
    }

    private static TimePoint ToPoint(long edge, Bucket bucket, SeriesGrouping groups, TimeSeriesOptions options)
    {
        Exemplar? exemplar = null;
        if (options.WithExemplars)
        {
            var (identity, (value, labels)) = bucket.Profiles.MaxBy(p => p.Value.Value);
            exemplar = new Exemplar(identity.TimeNanos / 1_000_000, identity.ToProfileId(), 0, 0, value, groups.Others(labels));
        }
        return new TimePoint(edge, options.Average ? (double)bucket.Sum / bucket.Count : bucket.Sum, exemplar) { Annotations = bucket.Annotations };
    }

    /// <summary>Every selected row with its series and the part of its total that the filter lets count.</summary>
    private static async IAsyncEnumerable<(Row Row, LabelSet Labels, long Total, bool IsAnnotated)> RowTotalsAsync(
        IAsyncEnumerable<SelectedDataset> datasets, StackFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var dataset in datasets)
        {
            var isAnnotated = dataset.View.HasAnnotations;
            if (filter.SelectsAllOfRow)
            {
                foreach (var row in await dataset.RowsAsync(cancellation))
                    if (filter.ProfileIds.Count == 0 || filter.ProfileIds.Contains(row.Row.Identity.ToProfileId()))
                        yield return (row.Row, dataset.View.Series[row.Series], row.Total, isAnnotated);
                continue;
            }
            var mask = StackMask.Compute(dataset.View, filter);
            // None of its stacks is asked for, as where a function is not in a service: its cells need not be read.
            if (mask is not null && !mask.AsSpan().Contains(true)) continue;
            var totals = new RowTotals(dataset.View, mask);
            await dataset.ScanAsync(filter, wantSpans: false, totals, cancellation);
            foreach (var (row, total) in totals.Totals)
                if (total != 0) yield return (row.Row, dataset.View.Series[row.Series], total, isAnnotated);
        }
    }

    private sealed class Bucket
    {
        public long Sum, Count;

        /// <summary>Those of its rows, each once; null where they have none.</summary>
        public List<Label>? Annotations { get; private set; }

        public void Annotate(LabelSet labels)
        {
            foreach (var annotation in AnnotationLabels.Of(labels))
                if (Annotations?.Contains(annotation) != true) (Annotations ??= []).Add(annotation);
        }

        /// <summary>Sum and common labels of each profile, which sample labels may have split into several series.</summary>
        public Dictionary<RowIdentity, (long Value, LabelSet Labels)> Profiles { get; } = [];

        public void AddProfile(in Row row, LabelSet labels, long total)
        {
            var known = Profiles.TryGetValue(row.Identity, out var profile);
            Profiles[row.Identity] = known ? (profile.Value + total, SeriesGrouping.Common(profile.Labels, labels)) : (total, labels);
        }
    }

    /// <summary>Sums what counts of each row.</summary>
    private sealed class RowTotals(DatasetView view, bool[]? mask) : ICellSink
    {
        public List<(SelectedRow Row, long Total)> Totals { get; } = [];

        public bool BeginRow(in SelectedRow row)
        {
            Totals.Add((row, 0));
            return true;
        }

        public void AddCells(ReadOnlySpan<int> stacks, ReadOnlySpan<long> values, ReadOnlySpan<SpanId> spans)
        {
            var (row, total) = Totals[^1];
            var treeNodes = view.TreeNodes.Span;
            for (var i = 0; i < stacks.Length; i++)
                if (mask is null || mask[treeNodes[stacks[i]]]) total = Saturating.Add(total, values[i]);
            Totals[^1] = (row, total);
        }
    }
}
