using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The series and series groups of one chain, by id.</summary>
public sealed class ChainSeries
{
    private readonly Dictionary<LabelSet, int> _ids = [];
    private readonly Dictionary<UInt128, int> _groupIds = [];

    /// <summary>Label sets by series id.</summary>
    public List<LabelSet> Labels { get; } = [];

    /// <summary>Hash of each label set.</summary>
    internal List<ulong> Hashes { get; } = [];

    /// <summary>Series ids by group id, one per value column.</summary>
    public List<int[]> Groups { get; } = [];

    /// <summary>String ids by series id: name, value, name, value…</summary>
    internal List<int[]> LabelRows { get; } = [];

    /// <summary>The id of a group; it and its series are added if they are new.</summary>
    internal int Intern(SeriesGroup group, NameTable strings)
    {
        if (_groupIds.TryGetValue(group.Hash, out var id)) return id;
        var series = new int[group.Series.Count];
        for (var i = 0; i < series.Length; i++) series[i] = Intern(group.Series[i], strings);
        id = Groups.Count;
        Groups.Add(series);
        _groupIds.Add(group.Hash, id);
        return id;
    }

    /// <summary>Adds a series that was read.</summary>
    internal void AddStored(int[] pairs, NameTable strings)
    {
        var labels = new Label[pairs.Length / 2];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = new Label(strings.GetString(pairs[2 * i]), strings.GetString(pairs[(2 * i) + 1]));
        Labels.Add(LabelSet.Of(labels));
        Hashes.Add(Labels[^1].StableHash());
        LabelRows.Add(pairs);
    }

    internal void Clear()
    {
        _ids.Clear();
        _groupIds.Clear();
        Labels.Clear();
        LabelRows.Clear();
        Hashes.Clear();
        Groups.Clear();
    }

    private int Intern(LabelSet labels, NameTable strings)
    {
        if (_ids.TryGetValue(labels, out var id)) return id;
        var pairs = new int[labels.Count * 2];
        for (var i = 0; i < labels.Count; i++)
        {
            pairs[2 * i] = strings.Intern(labels[i].Name);
            pairs[(2 * i) + 1] = strings.Intern(labels[i].Value);
        }
        id = Labels.Count;
        Labels.Add(labels);
        LabelRows.Add(pairs);
        _ids.Add(labels, id);
        return id;
    }
}
