using Kagari.Profiles;

namespace Kagari.Query;

// The heaviest functions of all services, and which services they are heavy in.
public sealed partial class FunctionAnswers
{
    /// <summary>The functions with the largest values over all selected services, with the part of each service.</summary>
    /// <param name="selection">Any services.</param>
    /// <param name="filter">Which stacks count.</param>
    /// <param name="order">By self or by total.</param>
    /// <param name="limit">How many functions; 0: all.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public async Task<TopFunctions> TopAsync(
        Selection selection, StackFilter filter, FunctionOrder order, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var names = new NameTable();
        var total = 0L;
        var parts = new List<(string Service, FunctionRow[] Rows)>();
        // A service is a partition of the storage, so asking one by one reads everything just once. Stacks of different
        // services are different stacks: totals of functions add up.
        foreach (var service in await ServicesAsync(selection, cancellation))
        {
            var own = selection with { Selector = selection.Selector.And(LabelMatcher.Equal(LabelNames.ServiceName, service)) };
            var table = FunctionTable.Build(await TreeAsync(own, filter, cancellation));
            total = Saturating.Add(total, table.Total);
            var rows = table.Rows.ToArray();
            foreach (ref var row in rows.AsSpan()) row = row with { Name = names.Intern(table.Names[row.Name], table.Names.HashOf(row.Name)) };
            if (table.Total != 0) parts.Add((service, rows));
        }

        var sums = new FunctionRow[names.Count];
        for (var name = 0; name < sums.Length; name++) sums[name] = new FunctionRow(name, 0, 0);
        foreach (var (_, rows) in parts)
            foreach (var row in rows) sums[row.Name] = Sum(sums[row.Name], row);
        Array.Sort(sums, (a, b) => Compare(names, a, b, order));
        var winners = sums[..(limit == 0 ? sums.Length : Math.Min(limit, sums.Length))];

        var rankOf = new int[names.Count];   // + 1
        for (var rank = 0; rank < winners.Length; rank++) rankOf[winners[rank].Name] = rank + 1;
        var services = winners.Select(_ => new List<ServicePart>()).ToArray();
        foreach (var (service, rows) in parts)
            foreach (var row in rows)
                if (rankOf[row.Name] > 0) services[rankOf[row.Name] - 1].Add(new ServicePart(service, row.Self, row.Total));
        return new TopFunctions(
            total, sums.Length, parts.Count,
            [.. winners.Select((w, rank) => new TopFunction(names.GetString(w.Name), w.Self, w.Total, Sorted(services[rank], order)))]);
    }

    /// <summary>The same without the parts of services: from the sums that blocks keep, so a month of all services takes milliseconds.</summary>
    /// <inheritdoc cref="TopAsync"/>
    public async Task<TopFunctions> TopOfAllAsync(Selection selection, FunctionOrder order, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (selection.IsEmpty) return new TopFunctions(0, 0, 0, []);
        var query = SeriesQuery.OfMillis(selection.Tenants, selection.StartMillis, selection.EndMillis, selection.Selector) with { Run = selection.Run };
        var sums = await engine.SumFunctionsAsync(query, selection.Type, cancellation);
        Array.Sort(sums.Rows, (a, b) => Compare(sums.Names, a, b, order));
        var winners = sums.Rows[..(limit == 0 ? sums.Rows.Length : Math.Min(limit, sums.Rows.Length))];
        return new TopFunctions(sums.Total, sums.Rows.Length, sums.Services, [.. winners.Select(w => new TopFunction(sums.Names.GetString(w.Name), w.Self, w.Total, []))]);
    }

    private async Task<IEnumerable<string>> ServicesAsync(Selection selection, CancellationToken cancellation)
    {
        if (selection.IsEmpty) return [];
        var series = await engine.SeriesAsync(selection.Query, cancellation);
        return series.Select(s => s[LabelNames.ServiceName]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static FunctionRow Sum(FunctionRow sum, FunctionRow row) =>
        sum with { Self = Saturating.Add(sum.Self, row.Self), Total = Saturating.Add(sum.Total, row.Total) };

    private static int Compare(NameTable names, FunctionRow a, FunctionRow b, FunctionOrder order)
    {
        var bySelf = b.Self.CompareTo(a.Self);
        var byTotal = b.Total.CompareTo(a.Total);
        var (first, second) = order == FunctionOrder.Total ? (byTotal, bySelf) : (bySelf, byTotal);
        if (order != FunctionOrder.Name && first != 0) return first;
        if (order != FunctionOrder.Name && second != 0) return second;
        return names[a.Name].SequenceCompareTo(names[b.Name]);
    }

    private static ServicePart[] Sorted(List<ServicePart> parts, FunctionOrder order) =>
        [.. parts.OrderByDescending(p => order == FunctionOrder.Total ? p.Total : p.Self).ThenByDescending(p => p.Total).ThenBy(p => p.Service, StringComparer.Ordinal)];
}
