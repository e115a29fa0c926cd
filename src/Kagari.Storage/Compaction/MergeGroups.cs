using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The series and groups of a new dataset, entered as sources bring them, then put in an order of their own.</summary>
internal sealed class MergeGroups(MergeOptions options)
{
    private readonly Dictionary<UInt128, int> _ids = [];
    private readonly List<LabelSet[]> _groups = [];

    /// <summary>Label sets by series id, after <see cref="Order"/>.</summary>
    public LabelSet[] Series { get; private set; } = [];

    /// <summary>Series ids by group, after <see cref="Order"/>.</summary>
    public int[][] Groups { get; private set; } = [];

    /// <summary>The id of a source's group.</summary>
    public int Intern(DatasetView view, int[] group)
    {
        var series = group.Select(id => Reduce(view.Series[id])).ToArray();
        // The columns only choose values of a sample, which is done; the hash is over the series.
        var hash = new SeriesGroup(series, new int[series.Length]).Hash;
        if (_ids.TryGetValue(hash, out var known)) return known;
        _ids.Add(hash, _groups.Count);
        _groups.Add(series);
        return _groups.Count - 1;
    }

    /// <summary>Sorts groups by columns, then labels, so that equal content gets equal ids; returns the new id of each.</summary>
    public int[] Order()
    {
        var order = Enumerable.Range(0, _groups.Count).ToArray();
        var keys = _groups.Select(g => g.Select(s => s.ToString()).ToArray()).ToArray();
        Array.Sort(order, (a, b) =>
        {
            if (keys[a].Length != keys[b].Length) return keys[a].Length.CompareTo(keys[b].Length);
            for (var i = 0; i < keys[a].Length; i++)
                if (string.CompareOrdinal(keys[a][i], keys[b][i]) is var by and not 0) return by;
            return 0;
        });
        var ids = new Dictionary<LabelSet, int>();
        var series = new List<LabelSet>();
        var newIds = new int[order.Length];
        Groups = new int[order.Length][];
        for (var at = 0; at < order.Length; at++)
        {
            newIds[order[at]] = at;
            Groups[at] = [.. _groups[order[at]].Select(labels =>
            {
                if (ids.TryGetValue(labels, out var id)) return id;
                ids.Add(labels, id = series.Count);
                series.Add(labels);
                return id;
            })];
        }
        Series = [.. series];
        return newIds;
    }

    private LabelSet Reduce(LabelSet labels) =>
        options.DroppedLabels.Count == 0 || !labels.Any(l => options.DroppedLabels.Contains(l.Name)) ? labels
            : LabelSet.Of(labels.Where(l => !options.DroppedLabels.Contains(l.Name)));
}
