using Kagari.Profiles;

namespace Kagari.Query;

// What changed between any two selections.
public sealed partial class FunctionAnswers
{
    /// <summary>All functions of two selections, ranked by how much they changed.</summary>
    /// <remarks>
    /// Values are exact; a function that only one side has ranks by its effect like the others. Each side is merged in
    /// sub-windows, which add up to the side and tell how much its functions move by themselves.
    /// </remarks>
    /// <param name="left">Before.</param>
    /// <param name="right">After. Other selectors, ranges and, by shares, profile types are welcome.</param>
    /// <param name="filter">Which stacks count, on both sides.</param>
    /// <param name="options">Mode, rank, page.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<FunctionChanges> ChangesAsync(
        Selection left, Selection right, StackFilter filter, ChangeOptions options, CancellationToken cancellation)
    {
        var names = new NameTable();
        var before = await WindowsAsync(names, left, filter, options.Windows, cancellation);
        var after = await WindowsAsync(names, right, filter, options.Windows, cancellation);
        before.Complete();
        after.Complete();

        // Rank by effects alone; texts and errors are for those that are shown.
        var byTotal = options.Order == FunctionOrder.Total;
        var ranked = new List<(int Name, double First, double Second)>();
        for (var name = 0; name < names.Count; name++)
        {
            if (!options.Search.FindsAll && !options.Search.Finds(names.GetString(name))) continue;
            ranked.Add((name, Size(name, byTotal), Size(name, !byTotal)));
        }
        ranked.Sort((a, b) =>
            a.First != b.First ? b.First.CompareTo(a.First)
            : a.Second != b.Second ? b.Second.CompareTo(a.Second)
            : names[a.Name].SequenceCompareTo(names[b.Name]));

        var shown = ranked.Skip(options.Offset).Take(options.Limit == 0 ? int.MaxValue : options.Limit);
        return new FunctionChanges(
            SideOf(before, left), SideOf(after, right), names.Count, ranked.Count,
            [
                .. shown.Select(r => new FunctionChange(
                    names.GetString(r.Name),
                    before.Sum(r.Name, byTotal: false), before.Sum(r.Name, byTotal: true),
                    after.Sum(r.Name, byTotal: false), after.Sum(r.Name, byTotal: true),
                    EffectOf(r.Name, byTotal: false), EffectOf(r.Name, byTotal: true))),
            ]);

        double Size(int name, bool total) => Math.Abs(EffectOf(name, total).Change);

        Effect EffectOf(int name, bool byTotal)
        {
            var (was, wasError) = before.Estimate(name, byTotal, options.Mode);
            var (now, nowError) = after.Estimate(name, byTotal, options.Mode);
            return new Effect(now - was, wasError is { } w && nowError is { } n ? Math.Sqrt((w * w) + (n * n)) : null);
        }
    }

    private async Task<WindowSums> WindowsAsync(NameTable names, Selection side, StackFilter filter, int windows, CancellationToken cancellation)
    {
        var parts = side.Split(windows);
        var sums = new WindowSums(names, [.. parts.Select(p => p.Seconds)]);
        for (var i = 0; i < parts.Length; i++) sums.Add(i, FunctionTable.Build(await TreeAsync(parts[i], filter, cancellation)));
        return sums;
    }

    private static ChangeSide SideOf(WindowSums sums, Selection side) => new(sums.Total, side.Seconds, sums.Windows, sums.FilledWindows);
}
