using Kagari.Profiles;

namespace Kagari.Query;

// Which label values a total belongs to.
public sealed partial class FunctionAnswers
{
    /// <summary>The totals of a selection per value of its labels.</summary>
    /// <remarks>Exact as long as no single series has more than 2^53: sums of one series come as doubles.</remarks>
    /// <param name="selection">What to break down.</param>
    /// <param name="filter">Which stacks count.</param>
    /// <param name="label">The label; null: each label that is not private (<c>__…</c>).</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<Breakdown> BreakdownAsync(Selection selection, StackFilter filter, string? label, CancellationToken cancellation)
    {
        if (selection.IsEmpty) return new Breakdown(0, []);
        var labels = label is null ? await PublicLabelsAsync(selection, cancellation) : [label];
        var groups = await engine.TimeSeriesAsync(selection.Query, filter, OneStep(selection, labels), cancellation);
        var total = 0L;
        var sums = labels.ToDictionary(name => name, _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var value = group.Points.Aggregate(0L, (sum, p) => Saturating.Add(sum, (long)p.Value));
            total = Saturating.Add(total, value);
            foreach (var (name, values) in sums) values[group.Labels[name]] = Saturating.Add(values.GetValueOrDefault(group.Labels[name]), value);
        }
        return new Breakdown(total, [.. labels.Select(name => new LabelParts(name, Sorted(sums[name])))]);
    }

    /// <summary>Which label values carry the change of the total per second from one selection to another.</summary>
    /// <remarks>As exact as <see cref="BreakdownAsync"/>. The parts of one label add up to the whole change.</remarks>
    /// <param name="left">Before.</param>
    /// <param name="right">After.</param>
    /// <param name="filter">Which stacks count, on both sides.</param>
    /// <param name="label">The label; null: each label that is not private and that a side has.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<BreakdownChange> BreakdownChangeAsync(
        Selection left, Selection right, StackFilter filter, string? label, CancellationToken cancellation)
    {
        var before = await BreakdownAsync(left, filter, label, cancellation);
        var after = await BreakdownAsync(right, filter, label, cancellation);
        var change = (after.Total / right.Seconds) - (before.Total / left.Seconds);
        var names = before.Labels.Concat(after.Labels).Select(l => l.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new BreakdownChange(before.Total, after.Total, change, [.. names.Select(name => new LabelChanges(name, Changes(name)))]);

        IReadOnlyList<LabelChange> Changes(string name)
        {
            var (was, @is) = (PartsOf(before, name), PartsOf(after, name));
            return
            [
                .. was.Keys.Union(@is.Keys, StringComparer.Ordinal).Select(value =>
                {
                    var (l, r) = (was.GetValueOrDefault(value), @is.GetValueOrDefault(value));
                    var own = (r / right.Seconds) - (l / left.Seconds);
                    return new LabelChange(value, l, r, own, change == 0 ? null : own / change);
                }).OrderByDescending(c => Math.Abs(c.ChangePerSecond)).ThenBy(c => c.Value, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>The values of a label on one side; a side that has none of this label has all under the empty value.</summary>
    private static Dictionary<string, long> PartsOf(Breakdown side, string label) =>
        side.Labels.FirstOrDefault(l => l.Label == label)?.Parts.ToDictionary(p => p.Value, p => p.Total, StringComparer.Ordinal)
        ?? (side.Total == 0 ? [] : new Dictionary<string, long>(StringComparer.Ordinal) { [""] = side.Total });

    private async Task<IReadOnlyList<string>> PublicLabelsAsync(Selection selection, CancellationToken cancellation) =>
        [.. (await engine.LabelNamesAsync(selection.Query, cancellation)).Where(n => !n.StartsWith("__", StringComparison.Ordinal))];

    private static LabelPart[] Sorted(Dictionary<string, long> values) =>
        [.. values.Select(v => new LabelPart(v.Key, v.Value)).OrderByDescending(p => p.Total).ThenBy(p => p.Value, StringComparer.Ordinal)];
}
