using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Finds series whose period is over in blocks that hold others too. Remembers when to look again. Not thread safe.</summary>
internal sealed class ExpiredSeries(SectionReader sections)
{
    private Dictionary<string, (TenantRetention Rules, long NextNanos)> _looked = new(StringComparer.Ordinal);

    /// <summary>Whether any series of the unit is over, and whether all are.</summary>
    /// <param name="unit">Blocks of one window.</param>
    /// <param name="rules">How long series are kept.</param>
    /// <param name="nowNanos">The time.</param>
    /// <param name="cancellation">Ends the reads.</param>
    public async ValueTask<(bool Any, bool All)> FindAsync(BlockUnit unit, TenantRetention rules, long nowNanos, CancellationToken cancellation)
    {
        // Nothing can be over yet: no need to read.
        if (EndOf(unit, rules.Shortest) > nowNanos) return (false, false);
        var key = unit.Profiles[0].Key;
        if (_looked.TryGetValue(key, out var looked) && ReferenceEquals(looked.Rules, rules) && looked.NextNanos > nowNanos) return (false, false);
        var (any, all, next) = (false, true, long.MaxValue);
        foreach (var block in unit.Profiles)
        {
            foreach (var dataset in block.Datasets)
            {
                // Damage is reported by the read; what cannot be read stays until all of the block goes.
                if (await SeriesAsync(block, dataset, cancellation) is not { } series) return (false, false);
                foreach (var labels in series)
                {
                    var end = EndOf(unit, rules.PeriodOf(labels));
                    if (end <= nowNanos) any = true;
                    else (all, next) = (false, Math.Min(next, end));
                }
            }
        }
        _looked[key] = (rules, any ? long.MinValue : next);
        return (any, any && all);
    }

    /// <summary>Forgets blocks that are gone.</summary>
    public void Keep(IEnumerable<BlockEntry> blocks)
    {
        var there = blocks.Select(b => b.Key).ToHashSet(StringComparer.Ordinal);
        if (_looked.Count > there.Count) _looked = _looked.Where(l => there.Contains(l.Key)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>When a window of a series is over.</summary>
    public static long EndOf(BlockUnit unit, TimeSpan period)
    {
        if (period == TimeSpan.MaxValue) return long.MaxValue;
        var end = (Int128)unit.Window.EndNanos + ((Int128)period.Ticks * 100);
        return end > long.MaxValue ? long.MaxValue : (long)end;
    }

    private async ValueTask<LabelSet[]?> SeriesAsync(BlockEntry block, BlockDatasetEntry dataset, CancellationToken cancellation)
    {
        try
        {
            using var bytes = await sections.TryReadAsync(block.Key, dataset[BlockSectionKind.Series], cancellation);
            return bytes is null ? null : BlockSeriesCodec.TryDecode(bytes.Span)?.Series;
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }
}
