using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Puts rows together that one push brought: one for each series and sample type.</summary>
internal sealed class ProfileCollector(QueryRun run)
{
    private const long BytesPerProfile = 160;

    private readonly Dictionary<(string Service, RowIdentity Identity), (LabelSet Labels, long DurationNanos)> _found = [];

    /// <summary>Few series have many profiles: what two sets share is found once.</summary>
    private readonly Dictionary<(LabelSet, LabelSet), LabelSet> _shared = new(new ByReference());

    public void Add(string service, in Row row, LabelSet labels)
    {
        ref var found = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_found, (service, row.Identity), out var isKnown);
        if (!isKnown) run.Hold(BytesPerProfile);
        found = (isKnown ? Shared(found.Labels, labels) : labels, Math.Max(found.DurationNanos, row.DurationNanos));
    }

    /// <summary>All profiles, by time; those of equal time in an order that is the same every time.</summary>
    public IReadOnlyList<StoredProfile> ToList() =>
    [
        .. _found.Select(f => new StoredProfile(f.Key.Identity, f.Key.Service, f.Value.DurationNanos, f.Value.Labels))
            .OrderBy(p => p.Identity.TimeNanos).ThenBy(p => p.Service, StringComparer.Ordinal).ThenBy(p => p.Identity.ContentHash),
    ];

    private LabelSet Shared(LabelSet left, LabelSet right)
    {
        if (ReferenceEquals(left, right)) return left;
        if (_shared.TryGetValue((left, right), out var known)) return known;
        var shared = LabelSet.Of(left.Where(l => right.TryGet(l.Name, out var value) && value == l.Value));
        _shared.Add((left, right), shared);
        // What was found is found again, so that a profile of many series ends at one set and not at a new one each time.
        if (!ReferenceEquals(shared, left)) _shared.TryAdd((shared, right), shared);
        return shared;
    }

    private sealed class ByReference : IEqualityComparer<(LabelSet Left, LabelSet Right)>
    {
        public bool Equals((LabelSet Left, LabelSet Right) x, (LabelSet Left, LabelSet Right) y) =>
            ReferenceEquals(x.Left, y.Left) && ReferenceEquals(x.Right, y.Right);

        public int GetHashCode((LabelSet Left, LabelSet Right) pair) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Left), System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Right));
    }
}
