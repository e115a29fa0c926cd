using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

// Sums over what is new: blocks that compaction has written and the catalogue does not know yet.
public sealed partial class QueryEngine
{
    /// <summary>Sums by group over the profiles of new blocks of one tenant, without those that blocks of the catalogue have already.</summary>
    /// <remarks>
    /// A profile that was sent again may lie in a block of long ago; rows of blocks that overlap in time are looked at, so
    /// that over the blocks of all jobs every profile counts once, as it does in a query.
    /// <code>
    /// known   |------|-----|-------|          rows are noted, stacks are not read
    /// new              |-|      |------|       rows that were not noted are counted
    /// </code>
    /// Nobody may replace blocks meanwhile by blocks with other profiles: one compaction runs at a time.
    /// </remarks>
    /// <param name="blocks">The blocks: all those of one tenant that a job wrote, without rollups.</param>
    /// <param name="selector">Which series.</param>
    /// <param name="filter">Which stacks count; it does not choose single profiles or spans.</param>
    /// <param name="groupBy">Labels that tell groups apart; empty = one group.</param>
    /// <param name="groupsMax">With more groups it fails with <see cref="InvalidDataException"/>.</param>
    /// <param name="run">What it may take, and what it took.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<IReadOnlyDictionary<LabelSet, long>> SumNewAsync(
        IReadOnlyList<BlockEntry> blocks, Selector selector, StackFilter filter, IReadOnlyList<string> groupBy, int groupsMax, QueryRun run, CancellationToken cancellation)
    {
        if (filter.AsksForSingles) throw new ArgumentException("A sum over new blocks cannot choose single profiles or spans.", nameof(filter));
        var query = new SeriesQuery([.. blocks.Select(b => b.Tenant).Distinct(StringComparer.Ordinal)], long.MinValue, long.MaxValue, selector) { Run = run, WithoutStacks = filter.SelectsAllOfRow };
        if (query.Tenants.Count > 1) throw new ArgumentException($"Blocks of {query.Tenants.Count} tenants were given; expected one.", nameof(blocks));
        return ReplanAsync<IReadOnlyDictionary<LabelSet, long>>(query, async token =>
        {
            var groups = new SeriesGrouping(groupBy);
            var sums = new Dictionary<LabelSet, long>();
            var sources = await _datasets.PlanNewAsync(blocks, query, token);
            await foreach (var (_, labels, total, _) in RowTotalsAsync(_datasets.ScanAsync(sources, query, token), filter, token))
            {
                var group = groups.Of(labels);
                if (sums.Count >= groupsMax && !sums.ContainsKey(group)) throw new InvalidDataException($"group_by makes more than {groupsMax} groups");
                sums[group] = Saturating.Add(sums.GetValueOrDefault(group), total);
            }
            return sums;
        }, cancellation);
    }
}
