using Kagari.Profiles;

namespace Kagari.Query;

// What changed in any service.
public sealed partial class FunctionAnswers
{
    /// <summary>The functions that changed most between two selections, each service's on its own.</summary>
    /// <remarks>Exact: all functions of all services are compared, and of them the largest changes kept.</remarks>
    /// <param name="left">Before: any services.</param>
    /// <param name="right">After.</param>
    /// <param name="mode">By rate, or by share of the service.</param>
    /// <param name="order">By self or by total.</param>
    /// <param name="search">Which functions.</param>
    /// <param name="limit">How many pairs of function and service.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public async Task<Movers> MoversAsync(
        Selection left, Selection right, ChangeMode mode, FunctionOrder order, FunctionSearch search, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var services = (await ServicesAsync(left, cancellation)).Union(await ServicesAsync(right, cancellation), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var (leftTotal, rightTotal, pairs, count) = (0L, 0L, 0L, 0);
        // The least change lies on top and gives way; of equal ones the later name.
        var most = new PriorityQueue<Mover, Mover>(Comparer<Mover>.Create((a, b) => Compare(b, a, order)));
        foreach (var service in services)
        {
            var names = new NameTable();
            var before = await RowsAsync(names, left, service, cancellation);
            var after = await RowsAsync(names, right, service, cancellation);
            if (before.Total == 0 && after.Total == 0) continue;
            (leftTotal, rightTotal, count) = (Saturating.Add(leftTotal, before.Total), Saturating.Add(rightTotal, after.Total), count + 1);
            pairs += names.Count;
            var (leftAll, rightAll) = (WholeOf(left, before.Total), WholeOf(right, after.Total));
            for (var name = 0; name < names.Count; name++)
            {
                var (was, now) = (before.Of(name), after.Of(name));
                var (self, total) = ((now.Self / rightAll) - (was.Self / leftAll), (now.Total / rightAll) - (was.Total / leftAll));
                if ((order == FunctionOrder.Total ? total : self) == 0) continue;
                if (most.Count == limit && SizeOf(most.Peek(), order) > Math.Abs(order == FunctionOrder.Total ? total : self)) continue;
                var function = names.GetString(name);
                if (!search.FindsAll && !search.Finds(function)) continue;
                var mover = new Mover(service, function, was, now, self, total);
                most.Enqueue(mover, mover);
                if (most.Count > limit) most.Dequeue();
            }
        }
        var ranked = most.UnorderedItems.Select(m => m.Element).ToList();
        ranked.Sort((a, b) => Compare(a, b, order));
        return new Movers(leftTotal, rightTotal, count, pairs, ranked);

        // A service that a side has not is nothing there, whatever that is divided by.
        double WholeOf(Selection side, long total) => mode == ChangeMode.Rate ? side.Seconds : Math.Max(total, 1);
    }

    private async Task<ServiceRows> RowsAsync(NameTable names, Selection side, string service, CancellationToken cancellation)
    {
        if (side.IsEmpty) return new ServiceRows(0, []);
        var own = side with { Selector = side.Selector.And(LabelMatcher.Equal(LabelNames.ServiceName, service)) };
        // Drawn, not kept: trees of all services would push everything else out.
        return await engine.DrawTreeAsync(own.Query, StackFilter.None, tree =>
        {
            var table = FunctionTable.Build(tree);
            var rows = new Dictionary<int, FunctionRow>(table.Rows.Length);
            foreach (var row in table.Rows) rows[names.Intern(table.Names[row.Name], table.Names.HashOf(row.Name))] = row;
            return new ServiceRows(table.Total, rows);
        }, cancellation);
    }

    private static double SizeOf(Mover mover, FunctionOrder order) => Math.Abs(order == FunctionOrder.Total ? mover.TotalChange : mover.SelfChange);

    /// <summary>Larger changes first, then by the other change, then by name, so that every answer has one order.</summary>
    private static int Compare(Mover a, Mover b, FunctionOrder order)
    {
        var other = order == FunctionOrder.Total ? FunctionOrder.Self : FunctionOrder.Total;
        if (SizeOf(a, order).CompareTo(SizeOf(b, order)) is var first and not 0) return -first;
        if (SizeOf(a, other).CompareTo(SizeOf(b, other)) is var second and not 0) return -second;
        var byName = string.CompareOrdinal(a.Function, b.Function);
        return byName != 0 ? byName : string.CompareOrdinal(a.Service, b.Service);
    }

    private sealed record ServiceRows(long Total, Dictionary<int, FunctionRow> Rows)
    {
        public MoverSide Of(int name) => Rows.TryGetValue(name, out var row) ? new MoverSide(row.Self, row.Total, Total) : new MoverSide(0, 0, Total);
    }
}
