namespace Kagari.Storage;

/// <summary>The catalogue in memory: tenant → service → chains → datasets. Thread safe.</summary>
internal sealed class CatalogueIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, List<Chain>>> _tenants = new(StringComparer.Ordinal);
    private readonly List<SegmentEntry> _segments = [];

    private sealed record Chain(ChainKey Key)
    {
        public List<DatasetEntry> Entries { get; } = [];

        public long TimeNanosMin { get; set; } = long.MaxValue;

        public long TimeNanosMax { get; set; } = long.MinValue;
    }

    public void Add(SegmentEntry segment)
    {
        lock (_gate)
        {
            _segments.Add(segment);
            foreach (var dataset in segment.Datasets) Add(segment.ObjectKey, dataset);
        }
    }

    public IReadOnlyList<ChainSelection> Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service)
    {
        var selections = new List<ChainSelection>();
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant, out var services)) return selections;
            foreach (var (name, chains) in services)
            {
                if (!service(name)) continue;
                foreach (var chain in chains)
                {
                    if (chain.TimeNanosMin > timeNanosMax || chain.TimeNanosMax < timeNanosMin) continue;
                    var selected = new List<int>();
                    for (var i = 0; i < chain.Entries.Count; i++)
                        if (chain.Entries[i].TimeNanosMin <= timeNanosMax && chain.Entries[i].TimeNanosMax >= timeNanosMin) selected.Add(i);
                    if (selected.Count > 0) selections.Add(new ChainSelection(chain.Key, chain.Entries.GetRange(0, selected[^1] + 1), selected));
                }
            }
        }
        return selections;
    }

    public IReadOnlyList<string> Tenants()
    {
        lock (_gate) return [.. _tenants.Keys.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<SegmentEntry> Segments()
    {
        lock (_gate) return [.. _segments];
    }

    public (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant)
    {
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant, out var services)) return null;
            var chains = services.Values.SelectMany(c => c).ToList();
            return chains.Count == 0 ? null : (chains.Min(c => c.TimeNanosMin), chains.Max(c => c.TimeNanosMax));
        }
    }

    private void Add(string objectKey, DatasetEntry dataset)
    {
        if (!_tenants.TryGetValue(dataset.Tenant, out var services))
            _tenants.Add(dataset.Tenant, services = new Dictionary<string, List<Chain>>(StringComparer.Ordinal));
        if (!services.TryGetValue(dataset.Service, out var chains)) services.Add(dataset.Service, chains = []);
        var key = new ChainKey(objectKey, dataset.Tenant, dataset.Service, dataset.Generation);
        // The chain that grows is the newest, so look from the end.
        var chain = chains.FindLast(c => c.Key == key);
        if (chain is null) chains.Add(chain = new Chain(key));
        chain.Entries.Add(dataset);
        chain.TimeNanosMin = Math.Min(chain.TimeNanosMin, dataset.TimeNanosMin);
        chain.TimeNanosMax = Math.Max(chain.TimeNanosMax, dataset.TimeNanosMax);
    }
}
