namespace Kagari.Storage;

/// <summary>The catalogue in memory: tenant → service → chains → datasets, and tenant → blocks. Thread safe.</summary>
internal sealed class CatalogueIndex
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Tenant> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SegmentEntry>> _logs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BlockEntry> _blocks = new(StringComparer.Ordinal);
    private long _version;

    private sealed class Tenant
    {
        public Dictionary<string, List<Chain>> Services { get; } = new(StringComparer.Ordinal);

        /// <summary>Blocks by start of window: a query looks at those that can reach its range.</summary>
        public List<BlockEntry> Blocks { get; } = [];
    }

    private sealed record Chain(ChainKey Key)
    {
        public List<DatasetEntry> Entries { get; } = [];

        public long TimeNanosMin { get; set; } = long.MaxValue;

        public long TimeNanosMax { get; set; } = long.MinValue;
    }

    /// <summary>Changes with every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    public int SegmentCount
    {
        get
        {
            lock (_gate) return _logs.Values.Sum(l => l.Count);
        }
    }

    public int BlockCount
    {
        get
        {
            lock (_gate) return _blocks.Count;
        }
    }

    public void Add(SegmentEntry segment)
    {
        lock (_gate)
        {
            _version++;
            if (!_logs.TryGetValue(segment.ObjectKey, out var log)) _logs.Add(segment.ObjectKey, log = []);
            log.Add(segment);
            foreach (var dataset in segment.Datasets) Add(segment.ObjectKey, dataset);
        }
    }

    /// <summary>Applies a replacement; false with the key where something to remove is not there.</summary>
    public bool TryReplace(Replacement replacement, out string missing)
    {
        lock (_gate)
        {
            missing = replacement.Removed.FirstOrDefault(key => !_logs.ContainsKey(key) && !_blocks.ContainsKey(key)) ?? "";
            if (missing.Length > 0) return false;
            _version++;
            foreach (var key in replacement.Removed) Remove(key);
            foreach (var block in replacement.Added) Add(block);
            return true;
        }
    }

    /// <summary>Whether all of these are part of the data.</summary>
    public bool HasAll(IEnumerable<string> keys)
    {
        lock (_gate) return keys.All(key => _logs.ContainsKey(key) || _blocks.ContainsKey(key));
    }

    public CatalogueSelection Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service)
    {
        var chains = new List<ChainSelection>();
        var blocks = new List<BlockSelection>();
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant, out var own)) return new CatalogueSelection(chains, blocks);
            foreach (var (name, candidates) in own.Services)
                if (service(name)) Select(candidates, timeNanosMin, timeNanosMax, chains);
            foreach (var block in own.Blocks)
            {
                if (block.Window.StartNanos > timeNanosMax) break;
                if (block.TimeNanosMin > timeNanosMax || block.TimeNanosMax < timeNanosMin) continue;
                var datasets = block.Datasets.Where(d => d.TimeNanosMin <= timeNanosMax && d.TimeNanosMax >= timeNanosMin && service(d.Service)).ToList();
                if (datasets.Count > 0) blocks.Add(new BlockSelection(block, datasets));
            }
        }
        return new CatalogueSelection(chains, blocks);
    }

    public IReadOnlyList<string> Tenants()
    {
        lock (_gate) return [.. _tenants.Keys];
    }

    public IReadOnlyList<SegmentEntry> Segments()
    {
        lock (_gate) return [.. _logs.OrderBy(l => l.Key, StringComparer.Ordinal).SelectMany(l => l.Value)];
    }

    public IReadOnlyList<BlockEntry> Blocks()
    {
        lock (_gate) return [.. _blocks.Values.OrderBy(b => b.Key, StringComparer.Ordinal)];
    }

    public (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant)
    {
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant, out var own)) return null;
            var ranges = own.Services.Values.SelectMany(c => c).Select(c => (c.TimeNanosMin, c.TimeNanosMax))
                .Concat(own.Blocks.Select(b => (b.TimeNanosMin, b.TimeNanosMax))).ToList();
            return ranges.Count == 0 ? null : (ranges.Min(r => r.TimeNanosMin), ranges.Max(r => r.TimeNanosMax));
        }
    }

    private static void Select(List<Chain> chains, long timeNanosMin, long timeNanosMax, List<ChainSelection> into)
    {
        foreach (var chain in chains)
        {
            if (chain.TimeNanosMin > timeNanosMax || chain.TimeNanosMax < timeNanosMin) continue;
            var selected = new List<int>();
            for (var i = 0; i < chain.Entries.Count; i++)
                if (chain.Entries[i].TimeNanosMin <= timeNanosMax && chain.Entries[i].TimeNanosMax >= timeNanosMin) selected.Add(i);
            if (selected.Count > 0) into.Add(new ChainSelection(chain.Key, chain.Entries.GetRange(0, selected[^1] + 1), selected));
        }
    }

    private void Add(string objectKey, DatasetEntry dataset)
    {
        var services = TenantOf(dataset.Tenant).Services;
        if (!services.TryGetValue(dataset.Service, out var chains)) services.Add(dataset.Service, chains = []);
        var key = new ChainKey(objectKey, dataset.Tenant, dataset.Service, dataset.Generation);
        // The chain that grows is the newest, so look from the end.
        var chain = chains.FindLast(c => c.Key == key);
        if (chain is null) chains.Add(chain = new Chain(key));
        chain.Entries.Add(dataset);
        chain.TimeNanosMin = Math.Min(chain.TimeNanosMin, dataset.TimeNanosMin);
        chain.TimeNanosMax = Math.Max(chain.TimeNanosMax, dataset.TimeNanosMax);
    }

    private void Add(BlockEntry block)
    {
        if (!_blocks.TryAdd(block.Key, block)) return;
        var blocks = TenantOf(block.Tenant).Blocks;
        var at = blocks.FindLastIndex(b => b.Window.StartNanos <= block.Window.StartNanos);
        blocks.Insert(at + 1, block);
    }

    private void Remove(string key)
    {
        if (_blocks.Remove(key, out var block)) _tenants[block.Tenant].Blocks.Remove(block);
        if (!_logs.Remove(key, out var segments)) return;
        foreach (var (tenant, service) in segments.SelectMany(s => s.Datasets).Select(d => (d.Tenant, d.Service)).Distinct())
        {
            var services = _tenants[tenant].Services;
            if (services.GetValueOrDefault(service) is not { } chains) continue;
            chains.RemoveAll(c => c.Key.ObjectKey == key);
            if (chains.Count == 0) services.Remove(service);
        }
    }

    private Tenant TenantOf(string name)
    {
        if (!_tenants.TryGetValue(name, out var tenant)) _tenants.Add(name, tenant = new Tenant());
        return tenant;
    }
}
