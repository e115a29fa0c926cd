namespace Kagari.Storage;

/// <summary>Blocks that one job wrote for one window of a tenant, with the rollups made from them: they stay, change and go together.</summary>
/// <param name="Profiles">Blocks of profiles; empty for rollups that outlived theirs.</param>
/// <param name="Rollups">Blocks of rollups.</param>
internal sealed record BlockUnit(IReadOnlyList<BlockEntry> Profiles, IReadOnlyList<BlockEntry> Rollups)
{
    public IEnumerable<BlockEntry> All => Profiles.Concat(Rollups);

    public string Tenant => All.First().Tenant;

    public int Level => All.First().Level;

    public TimeWindow Window { get; } = new(
        Profiles.Concat(Rollups).Min(b => b.Window.StartNanos), Profiles.Concat(Rollups).Max(b => b.Window.EndNanos));

    public long Bytes => All.Sum(b => b.Length);

    public long Rows => Profiles.SelectMany(b => b.Datasets).Sum(d => (long)d.RowCount);

    /// <summary>All units of some blocks, the oldest first.</summary>
    public static List<BlockUnit> Of(IEnumerable<BlockEntry> blocks)
    {
        var units = new List<BlockUnit>();
        foreach (var job in blocks.GroupBy(b => (b.Tenant, b.Origin.JobId)))
        {
            var rollups = job.Where(b => b.IsRollup).ToList();
            foreach (var window in job.Where(b => !b.IsRollup).GroupBy(b => (b.Level, b.Window)))
            {
                var own = rollups.Where(r => window.Key.Window.Contains(r.Window) || r.Window.Contains(window.Key.Window)).ToList();
                rollups.RemoveAll(own.Contains);
                units.Add(new BlockUnit([.. window.OrderBy(b => b.Key, StringComparer.Ordinal)], own));
            }
            units.AddRange(rollups.Select(r => new BlockUnit([], [r])));
        }
        units.Sort((a, b) => Compare(a, b));
        return units;
    }

    private static int Compare(BlockUnit a, BlockUnit b)
    {
        if (a.Window.EndNanos != b.Window.EndNanos) return a.Window.EndNanos.CompareTo(b.Window.EndNanos);
        if (a.Window.StartNanos != b.Window.StartNanos) return a.Window.StartNanos.CompareTo(b.Window.StartNanos);
        return string.CompareOrdinal(a.All.First().Key, b.All.First().Key);
    }
}
