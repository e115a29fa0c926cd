using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Decides for each row of one source which of its columns stay. Not thread safe.</summary>
/// <remarks>A filter is asked once per series; a row then costs a comparison of its time per column of a filtered series.</remarks>
internal sealed class ColumnFilter
{
    private const char Dropped = '-', Kept = '+';

    private readonly DatasetView _view;
    private readonly MergeGroups _groups;
    private readonly ColumnPicks _picks;
    private readonly TimeWindow?[] _drops;
    private readonly bool[] _isTouched;
    private readonly Dictionary<(int Group, string Columns), int> _known = [];

    public ColumnFilter(DatasetView view, Func<LabelSet, TimeWindow?> drops, MergeGroups groups, ColumnPicks picks)
    {
        _view = view;
        _groups = groups;
        _picks = picks;
        _drops = [.. view.Series.Select(drops)];
        _isTouched = [.. view.Groups.Select(g => g.Any(s => _drops[s] is not null))];
    }

    /// <summary>What stays of a row; false where nothing does.</summary>
    /// <param name="group">The row's group in the source.</param>
    /// <param name="timeNanos">Its time.</param>
    /// <param name="pick">The columns that stay; 0 is all.</param>
    public bool TryPick(int group, long timeNanos, out int pick)
    {
        pick = 0;
        if (!_isTouched[group]) return true;
        var series = _view.Groups[group];
        var kept = 0;
        foreach (var id in series) kept += IsKept(id, timeNanos) ? 1 : 0;
        if (kept < series.Length && kept > 0) pick = PickOf(group, series, timeNanos);
        return kept > 0;
    }

    private bool IsKept(int series, long timeNanos) => _drops[series] is not { } dropped || !dropped.Contains(timeNanos);

    private int PickOf(int group, int[] series, long timeNanos)
    {
        var key = (group, string.Create(series.Length, (this, series, timeNanos), static (columns, state) =>
        {
            for (var c = 0; c < columns.Length; c++) columns[c] = state.Item1.IsKept(state.series[c], state.timeNanos) ? Kept : Dropped;
        }));
        if (_known.TryGetValue(key, out var pick)) return pick;
        int[] columns = [.. Enumerable.Range(0, series.Length).Where(c => key.Item2[c] == Kept)];
        var newGroup = _groups.Intern(_view, [.. columns.Select(c => series[c])]);
        pick = _picks.Add(new ColumnPick(newGroup, series.Length, columns));
        _known.Add(key, pick);
        return pick;
    }
}
