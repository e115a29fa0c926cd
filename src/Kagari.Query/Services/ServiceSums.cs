using System.Runtime.InteropServices;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Sums up datasets by service.</summary>
internal sealed class ServiceSums
{
    /// <summary>What the types of one profile differ in, and nothing else.</summary>
    private static readonly HashSet<string> s_typeLabels = new(StringComparer.Ordinal)
    {
        LabelNames.ProfileType, LabelNames.Name, LabelNames.Type, LabelNames.Unit, LabelNames.PeriodType, LabelNames.PeriodUnit,
    };

    private readonly Dictionary<string, Service> _services = new(StringComparer.Ordinal);

    /// <summary>Adds what a query selected of a dataset; rows are looked at only where not all of them are selected.</summary>
    public async ValueTask AddAsync(SelectedDataset dataset, CancellationToken cancellation)
    {
        var labels = dataset.View.Series;
        foreach (var series in await dataset.SeriesAsync(cancellation))
        {
            var service = Of(labels[series]);
            service.Series.Add(Without(labels[series], s_typeLabels));
            if (labels[series].Any(l => CompactorOptions.InstanceLabels.Contains(l.Name)))
                service.Instances.Add(LabelSet.Of(labels[series].Where(l => CompactorOptions.InstanceLabels.Contains(l.Name))));
        }
        // The sums of all types are those of all series only where no selector left some out.
        if (dataset is SelectedBlock { IsWhole: true } block && Array.TrueForAll(block.Matched, m => m))
        {
            if (labels.Count == 0) return;
            var service = Of(labels[0]);
            service.See(block.Dataset.Entry.TimeNanosMax);
            foreach (var (type, total) in block.Dataset.TypeTotals) service.Add(type, total);
            return;
        }
        foreach (var row in await dataset.RowsAsync(cancellation))
        {
            var service = Of(labels[row.Series]);
            service.See(row.Row.TimeNanos);
            service.Add(labels[row.Series][LabelNames.ProfileType], row.Total);
        }
    }

    /// <summary>The services by name.</summary>
    public IReadOnlyList<ServiceSummary> ToList() =>
    [
        .. _services.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new ServiceSummary(
            s.Key, s.Value.Series.Count, s.Value.Instances.Count, s.Value.LastNanos,
            [.. s.Value.Totals.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new TypeTotal(t.Key, t.Value))])),
    ];

    private Service Of(LabelSet labels)
    {
        ref var service = ref CollectionsMarshal.GetValueRefOrAddDefault(_services, labels[LabelNames.ServiceName], out _);
        return service ??= new Service();
    }

    private static LabelSet Without(LabelSet labels, HashSet<string> names) =>
        LabelSet.Of(labels.Where(l => !names.Contains(l.Name) && !AnnotationLabels.IsOne(l.Name)));

    private sealed class Service
    {
        public HashSet<LabelSet> Series { get; } = [];

        public HashSet<LabelSet> Instances { get; } = [];

        public Dictionary<string, long> Totals { get; } = new(StringComparer.Ordinal);

        public long LastNanos { get; private set; } = long.MinValue;

        public void See(long timeNanos) => LastNanos = Math.Max(LastNanos, timeNanos);

        public void Add(string type, long total)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(Totals, type, out _);
            sum = Saturating.Add(sum, total);
        }
    }
}
