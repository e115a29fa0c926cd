using System.Runtime.InteropServices;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

// Single profiles with their values.
public sealed partial class QueryEngine
{
    /// <summary>The selected profiles of one type with their values, the last first. Rollups stand for none.</summary>
    /// <remarks>Values come from the totals of rows; samples are read only where a filter asks for some of them, and profiles without such are left out.</remarks>
    public Task<IReadOnlyList<ProfileTotal>> ProfileTotalsAsync(SeriesQuery query, StackFilter filter, CancellationToken cancellation) =>
        ReplanAsync<IReadOnlyList<ProfileTotal>>(query, async token =>
        {
            const long BytesPerProfile = 240;
            var singles = query with { SlotNanosMax = SeriesQuery.ProfilesOnly, WithoutStacks = filter.SelectsAllOfRow };
            var found = new Dictionary<(string Service, RowIdentity Identity), (LabelSet Labels, long DurationNanos, long Total)>();
            await foreach (var (row, labels, total, _) in RowTotalsAsync(_datasets.ScanAsync(singles, token), filter, token))
            {
                ref var profile = ref CollectionsMarshal.GetValueRefOrAddDefault(found, (labels[LabelNames.ServiceName], row.Identity), out var isKnown);
                if (!isKnown) query.Run.Hold(BytesPerProfile);
                // Sample labels split a profile into several series.
                profile = isKnown
                    ? (SeriesGrouping.Common(profile.Labels, labels), Math.Max(profile.DurationNanos, row.DurationNanos), Saturating.Add(profile.Total, total))
                    : (labels, row.DurationNanos, total);
            }
            return
            [
                .. found.Select(f => new ProfileTotal(new StoredProfile(f.Key.Identity, f.Key.Service, f.Value.DurationNanos, f.Value.Labels), f.Value.Total))
                    .OrderByDescending(p => p.Profile.Identity.TimeNanos).ThenBy(p => p.Profile.Service, StringComparer.Ordinal).ThenBy(p => p.Profile.Identity.ContentHash),
            ];
        }, cancellation);
}
