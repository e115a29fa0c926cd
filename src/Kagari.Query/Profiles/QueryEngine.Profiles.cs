using Kagari.Profiles;

namespace Kagari.Query;

// Single profiles, and profiles of several sample types.
public sealed partial class QueryEngine
{
    /// <summary>The selected profiles one by one, by time. Rollups stand for none.</summary>
    public Task<IReadOnlyList<StoredProfile>> ProfilesAsync(SeriesQuery query, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            var singles = query with { SlotNanosMax = SeriesQuery.ProfilesOnly, WithoutStacks = true };
            var profiles = new ProfileCollector(query.Run);
            await foreach (var dataset in _datasets.ScanAsync(singles, token))
                foreach (var row in await dataset.RowsAsync(token))
                    profiles.Add(dataset.View.Series[row.Series][LabelNames.ServiceName], row.Row, dataset.View.Series[row.Series]);
            return profiles.ToList();
        }, cancellation);

    /// <summary>How long the selected profiles sampled; of each once, however many series it became.</summary>
    public Task<ProfileDurations> SumDurationsAsync(SeriesQuery query, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            const long BytesPerProfile = 40;
            var seen = new HashSet<(string Service, Kagari.Storage.RowIdentity Identity)>();
            var sum = new ProfileDurations(0, long.MaxValue, 0);
            await foreach (var dataset in _datasets.ScanAsync(query with { SlotNanosMax = SeriesQuery.ProfilesOnly, WithoutStacks = true }, token))
            {
                foreach (var row in await dataset.RowsAsync(token))
                {
                    if (!seen.Add((dataset.View.Series[row.Series][LabelNames.ServiceName], row.Row.Identity))) continue;
                    query.Run.Hold(BytesPerProfile);
                    sum = new ProfileDurations(sum.Count + 1, Math.Min(sum.TimeNanosMin, row.Row.TimeNanos), Saturating.Add(sum.DurationNanos, row.Row.DurationNanos));
                }
            }
            return sum;
        }, cancellation);

    /// <summary>All selected samples as one profile with a value for each of several sample types.</summary>
    /// <param name="query">Which rows.</param>
    /// <param name="types">Types by column; those of one column add up, and the first gives it its name.</param>
    /// <param name="filter">Which samples.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<FlatProfile> MergeProfilesAsync(
        SeriesQuery query, IReadOnlyList<IReadOnlyList<ProfileTypeId>> types, StackFilter filter, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            var merger = new ProfileMerger(types.Count);
            for (var column = 0; column < types.Count; column++)
            {
                foreach (var type in types[column])
                {
                    var wanted = query.OfType(type) with { SlotNanosMax = filter.AsksForSingles ? SeriesQuery.ProfilesOnly : 0 };
                    var at = column;
                    await MergeAsync(await _datasets.PlanAsync(wanted, token), wanted, filter, withSymbols: true,
                        (view, symbols, sums, mask) => merger.Add(view, symbols, sums, mask, pgo: null, at), token);
                }
            }
            return merger.ToProfile([.. types.Select(t => t[0])], query.TimeNanosMax);
        }, cancellation);
}
