using Kagari.Profiles;
using Kagari.Storage;
using FunctionRow = Kagari.Profiles.FunctionRow;

namespace Kagari.Query;

// Functions over all services: blocks have their sums ready.
public sealed partial class QueryEngine
{
    /// <summary>Self and total of every function of one profile type over all series that a selector of labels leaves.</summary>
    /// <remarks>
    /// A block whose datasets are all asked for answers with one section, which is a fraction of its trees. Sums of
    /// different stacks add up; a tree is built only of what is left: chains, and blocks at the ends of the range.
    /// </remarks>
    public Task<FunctionTotals> SumFunctionsAsync(SeriesQuery query, ProfileTypeId type, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            var wanted = query.OfType(type);
            var names = new NameTable();
            var (selfs, totals) = (new FlatList<long>(), new FlatList<long>());
            var (total, services) = (0L, new HashSet<string>(StringComparer.Ordinal));
            void Add(NameTable from, int name, long self, long sum)
            {
                var id = names.Intern(from[name], from.HashOf(name), name);
                if (selfs.Count < names.Count)
                {
                    selfs.Resize(names.Count);
                    totals.Resize(names.Count);
                }
                selfs[id] = Saturating.Add(selfs[id], self);
                totals[id] = Saturating.Add(totals[id], sum);
            }

            var rest = new List<IReadOnlyList<DataSource>>();
            foreach (var sources in await _datasets.PlanAsync(wanted, token))
            {
                var left = new List<DataSource>();
                foreach (var ofBlock in sources.GroupBy(s => (s as BlockSource)?.Block))
                {
                    services.UnionWith(ofBlock.Select(s => s.Service));
                    if (ofBlock.Key is not { } block || !IsWhole(block, [.. ofBlock], query, type) || await FunctionsAsync(block, token) is not { } sums)
                    {
                        left.AddRange(ofBlock);
                        continue;
                    }
                    var index = IndexOf(block, type);
                    wanted.Run.Count(QueryRun.Counted.Block);
                    foreach (var dataset in block.Datasets)
                        foreach (var (own, value) in dataset.Types)
                            if (own == index) total = Saturating.Add(total, value);
                    for (var name = 0; name < sums.Names.Count; name++)
                        if (sums.TotalsOf(index)[name] != 0) Add(sums.Names, name, sums.SelfsOf(index)[name], sums.TotalsOf(index)[name]);
                }
                rest.Add(left);
            }
            var tree = await BuildAsync(rest, wanted, StackFilter.None, token);
            var table = FunctionTable.Build(tree);
            total = Saturating.Add(total, table.Total);
            foreach (var row in table.Rows) Add(table.Names, row.Name, row.Self, row.Total);
            GiveBack(tree);
            var rows = new FunctionRow[names.Count];
            for (var name = 0; name < rows.Length; name++) rows[name] = new FunctionRow(name, selfs[name], totals[name]);
            return new FunctionTotals(names, rows, total, services.Count);
        }, cancellation);

    /// <summary>The sums of a block; null where it has none, they are damaged, or they have addresses that symbols could name.</summary>
    private async ValueTask<FunctionSums?> FunctionsAsync(BlockEntry block, CancellationToken cancellation)
    {
        var sums = await datasets.FunctionsAsync(block, cancellation);
        return sums is not null && _datasets.Symbolizer.VersionOf(block.Tenant) != 0 && AddressNames.AnyIn(sums.Names) ? null : sums;
    }

    /// <summary>Whether the sums of a block are those of the selection: all its datasets with the type, all their series, all their rows.</summary>
    private static bool IsWhole(BlockEntry block, List<DataSource> sources, SeriesQuery query, ProfileTypeId type)
    {
        var index = IndexOf(block, type);
        return !block.IsRollup && index >= 0 && block.Functions.RawBytes > 0 && query.Selector.Matchers.Count == 0
            && sources.All(s => !s.MayRepeat && ((BlockSource)s).IsWhole)
            && block.Datasets.All(d => !d.Types.Any(t => t.Type == index) || sources.Any(s => ReferenceEquals(((BlockSource)s).Dataset, d)));
    }

    private static int IndexOf(BlockEntry block, ProfileTypeId type)
    {
        var text = type.ToString();
        for (var i = 0; i < block.Types.Count; i++)
            if (block.Types[i] == text) return i;
        return -1;
    }
}
