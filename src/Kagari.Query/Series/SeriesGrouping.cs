using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Splits label sets into those grouped by and the others; each set once.</summary>
internal sealed class SeriesGrouping(IReadOnlyList<string> groupBy)
{
    private readonly HashSet<string> _names = new(groupBy, StringComparer.Ordinal);
    // By reference: label sets of a chain are few and shared by all its rows.
    private readonly Dictionary<object, LabelSet> _groups = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LabelSet, LabelSet> _distinct = [];

    /// <summary>The labels that name the group of a series; equal groups are one object.</summary>
    public LabelSet Of(LabelSet labels)
    {
        if (_names.Count == 0) return LabelSet.Empty;
        if (_groups.TryGetValue(labels, out var group)) return group;
        group = labels.Only(_names);
        if (_distinct.TryGetValue(group, out var known)) group = known;
        else _distinct.Add(group, group);
        _groups.Add(labels, group);
        return group;
    }

    /// <summary>The labels that both sets have with equal values.</summary>
    public static LabelSet Common(LabelSet left, LabelSet right) =>
        ReferenceEquals(left, right) ? left : LabelSet.Of(left.Where(l => right.TryGet(l.Name, out var value) && value == l.Value));

    /// <summary>The labels that the group does not name.</summary>
    public LabelSet Others(LabelSet labels) => LabelSet.Of(labels.Where(l => !_names.Contains(l.Name) && !AnnotationLabels.IsOne(l.Name)));
}
