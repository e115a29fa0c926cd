using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Merges datasets of one service into a dataset of a block. Not thread safe.</summary>
/// <remarks>
/// <code>
/// 1 rows     of all sources in the window, in order of group, time, content; equal profiles once
/// 2 symbols  of each source in turn into one table; a map of stack numbers per source stays
/// 3 order    stacks in preorder of functions (<see cref="BlockSymbols"/>), maps follow
/// 4 tiles    of up to 256 rows: cells of the sources through the maps, sorted by stack
/// </code>
/// No row is interned again: a cell costs a look-up in a flat array. What does not fit the budget is divided in time.
/// </remarks>
internal sealed class DatasetMerger(CompactionBudget budget)
{
    /// <summary>A stack's values in a tile must not reach the sign bit: the sums of its rows stay below this.</summary>
    private const long TileTotalMax = 1L << 62;

    private ColumnPicks _picks = new();
    private readonly MergedStacks _stacks = new();

    /// <summary>Rows that were left out because they were there already.</summary>
    public long DuplicateRows { get; private set; }

    /// <summary>Merges what the sources have in a window; the dataset is written to <paramref name="output"/> in one or more parts.</summary>
    public async ValueTask MergeAsync(
        string service, IReadOnlyList<MergeSource> sources, TimeWindow window, MergeOptions options,
        Func<CancellationToken, ValueTask<BlockWriter>> output, CancellationToken cancellation)
    {
        // What lies outside the window is not opened; what is surely too much is divided before it is.
        sources = [.. sources.Where(s => s.TimeNanos.Max >= window.StartNanos && s.TimeNanos.Min < window.EndNanos)];
        if (sources.Count > 1 && sources.Sum(s => (long)s.RowCount) > budget.RowsMax && DivideSources(sources, window) is { } edge)
        {
            await MergeHalvesAsync(service, sources, window, edge, options, output, cancellation);
            return;
        }
        var groups = new MergeGroups(options);
        _picks = new ColumnPicks();
        var rows = await CollectAsync(sources, window, options, groups, cancellation);
        if (rows.Count == 0 || (options.IsRollup && rows.Count < options.RowsPerSlotMin * (long)CountSlots(rows))) return;

        _stacks.Clear();
        var maps = new int[sources.Count][];
        var fits = rows.Count <= budget.RowsMax;
        for (var source = 0; source < sources.Count && fits; source++)
        {
            maps[source] = await AddSymbolsAsync(sources[source], source, rows, sources.Count, options, cancellation);
            fits = budget.Fits(_stacks.UsedBytes + (4L * maps.Sum(m => (long)(m?.Length ?? 0))), rows.Count);
        }
        if (!fits && (options.IsRollup ? DivideSources(sources, window) : Divide(rows)) is { } middle)
        {
            await MergeHalvesAsync(service, sources, window, middle, options, output, cancellation);
            return;
        }
        for (var source = 0; source < sources.Count && !fits; source++)
            maps[source] ??= await AddSymbolsAsync(sources[source], source, rows, sources.Count, options, cancellation);

        var ordered = BlockSymbols.Order(_stacks);
        foreach (var map in maps)
            for (var i = 0; i < map.Length; i++) map[i] = map[i] < 0 ? -1 : ordered.StackOf[map[i]];
        await WriteAsync(service, sources, rows, groups, ordered, maps, options, await output(cancellation), cancellation);
    }

    /// <summary>Halves in time, so that no profile and no duplicate of it falls into both.</summary>
    private async ValueTask MergeHalvesAsync(
        string service, IReadOnlyList<MergeSource> sources, TimeWindow window, long middle, MergeOptions options,
        Func<CancellationToken, ValueTask<BlockWriter>> output, CancellationToken cancellation)
    {
        // A service has a rollup of the whole window or none: that is decided for all of it.
        var all = options with { RowsPerSlotMin = 0 };
        await MergeAsync(service, sources, window with { EndNanos = middle }, all, output, cancellation);
        await MergeAsync(service, sources, window with { StartNanos = middle }, all, output, cancellation);
    }

    private async ValueTask<List<MergeRow>> CollectAsync(
        IReadOnlyList<MergeSource> sources, TimeWindow window, MergeOptions options, MergeGroups groups, CancellationToken cancellation)
    {
        var rows = new List<MergeRow>();
        for (var source = 0; source < sources.Count; source++)
        {
            if (await sources[source].OpenAsync(cancellation) is { } view) Collect(sources[source].Rows, view, source, window, options, groups, rows);
            sources[source].ReleaseSymbols(budget.KeptBytesMax(sources.Count));
        }
        var newIds = groups.Order();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i] with { Group = newIds[rows[i].Group] };
            rows[i] = !options.IsRollup ? row : row with { TimeNanos = SlotTime(row.TimeNanos, options.SlotNanos), ContentHash = 0 };
        }
        rows.Sort();
        if (!options.IsRollup) RemoveDuplicates(rows);
        return rows;
    }

    private void Collect(
        DatasetRows from, DatasetView view, int source, TimeWindow window, MergeOptions options, MergeGroups groups, List<MergeRow> rows)
    {
        var ids = new int[view.Groups.Count];
        Array.Fill(ids, -1);
        var filter = options.Drops is { } drops ? new ColumnFilter(view, drops, groups, _picks) : null;
        for (var i = 0; i < from.Rows.Length; i++)
        {
            ref readonly var row = ref from.Rows.Span[i];
            if (!window.Contains(row.TimeNanos)) continue;
            var pick = 0;
            if (filter is not null && !filter.TryPick(row.Group, row.TimeNanos, out pick)) continue;
            if (pick > 0)
            {
                rows.Add(new MergeRow(_picks[pick].Group, row.TimeNanos, row.Identity.ContentHash, source, i, pick));
                continue;
            }
            if (ids[row.Group] < 0) ids[row.Group] = groups.Intern(view, view.Groups[row.Group]);
            rows.Add(new MergeRow(ids[row.Group], row.TimeNanos, row.Identity.ContentHash, source, i));
        }
    }

    /// <summary>A rollup's row has the time of its slot's last millisecond: the step of a time series that holds the slot holds it.</summary>
    private static long SlotTime(long timeNanos, long slotNanos) => TimeWindow.Around(timeNanos, slotNanos).EdgeMillis * 1_000_000;

    private void RemoveDuplicates(List<MergeRow> rows)
    {
        var kept = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (kept > 0 && rows[kept - 1].Group == rows[i].Group && rows[kept - 1].TimeNanos == rows[i].TimeNanos && rows[kept - 1].ContentHash == rows[i].ContentHash)
            {
                DuplicateRows++;
                continue;
            }
            rows[kept++] = rows[i];
        }
        rows.RemoveRange(kept, rows.Count - kept);
    }

    private static int CountSlots(List<MergeRow> rows)
    {
        var slots = 1;
        for (var i = 1; i < rows.Count; i++)
            if (rows[i].Group != rows[i - 1].Group || rows[i].TimeNanos != rows[i - 1].TimeNanos) slots++;
        return slots;
    }

    /// <summary>A time that divides the rows in two; null where all have one time.</summary>
    private static long? Divide(List<MergeRow> rows)
    {
        var times = rows.Select(r => r.TimeNanos).ToArray();
        Array.Sort(times);
        var middle = times[times.Length / 2];
        if (middle == times[0]) middle = Array.Find(times, t => t > times[0]);
        return middle > times[0] ? middle : null;
    }

    /// <summary>A time between the sources that halves them; null where there is none in the window.</summary>
    private static long? DivideSources(IReadOnlyList<MergeSource> sources, TimeWindow window)
    {
        var starts = sources.Select(s => s.TimeNanos.Min).Where(t => t > window.StartNanos && t < window.EndNanos).Order().ToArray();
        return starts.Length == 0 ? null : starts[starts.Length / 2];
    }

    private async ValueTask<int[]> AddSymbolsAsync(
        MergeSource source, int index, List<MergeRow> rows, int sources, MergeOptions options, CancellationToken cancellation)
    {
        if (await source.OpenAsync(cancellation) is not { } dataset || await source.SymbolsAsync(cancellation) is not { } view) return [];
        var used = new bool[dataset.StackCount];
        var own = new List<int>();
        var picked = new List<MergeRow>();
        foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows))
        {
            if (row.Source != index) continue;
            if (row.Pick > 0) picked.Add(row);
            else own.Add(row.Row);
        }
        if (own.Count == source.Rows.Rows.Length) Array.Fill(used, true);
        else
        {
            own.Sort();
            await source.MarkAsync(own.ToArray(), used, cancellation);
            await _picks.MarkAsync(source, picked, used, cancellation);
        }
        var map = options.IsRollup ? _stacks.AddFunctions(dataset, used) : _stacks.Add(dataset, view, used);
        source.ReleaseSymbols(budget.KeptBytesMax(sources));
        return map;
    }

    private async ValueTask WriteAsync(
        string service, IReadOnlyList<MergeSource> sources, List<MergeRow> rows, MergeGroups groups, BlockSymbols symbols, int[][] maps,
        MergeOptions options, BlockWriter output, CancellationToken cancellation)
    {
        var writer = new BlockDatasetWriter(output, symbols, groups.Series, groups.Groups);
        var written = new DatasetRowsBuilder();
        for (var start = 0; start < rows.Count;)
        {
            var end = start;
            while (end < rows.Count && rows[end].Group == rows[start].Group) end++;
            var columns = groups.Groups[rows[start].Group].Length;
            if (options.IsRollup) await WriteSlotsAsync(sources, rows[start..end], columns, maps, options, writer, written, cancellation);
            else await WriteRowsAsync(sources, rows[start..end], columns, maps, writer, written, cancellation);
            start = end;
        }
        await writer.FinishAsync(service, written.ToRows(), withMinutes: !options.IsRollup, cancellation);
    }

    /// <summary>The rows of one group, tile after tile.</summary>
    private async ValueTask WriteRowsAsync(
        IReadOnlyList<MergeSource> sources, List<MergeRow> rows, int columns, int[][] maps,
        BlockDatasetWriter writer, DatasetRowsBuilder written, CancellationToken cancellation)
    {
        var target = new TileTarget(writer);
        for (var start = 0; start < rows.Count;)
        {
            // Step 1: as many rows as a tile holds.
            var firstRow = written.Count;
            long cells = 0, total = 0;
            var end = start;
            for (; end < rows.Count && end - start < TileDirectory.RowsPerTileMax; end++)
            {
                var from = sources[rows[end].Source].Rows;
                var row = _picks.RowOf(rows[end], from);
                var rowTotals = _picks.TotalsOf(rows[end], from, columns);
                var largest = Largest(rowTotals);
                if (end > start && (cells + row.CellCount > budget.TileCellsMax(columns) || largest > TileTotalMax - total)) break;
                cells += row.CellCount;
                total += largest;
                written.Add(row with { Group = rows[end].Group }, rowTotals);
            }

            // Step 2: their cells, source by source.
            await writer.BeginTileAsync(columns, cancellation);
            await ReadAsync(sources, rows, start, end, static (i, first) => i - first, columns, maps, map => target.Begin(map, firstRow), target, cancellation);
            writer.EndTile(rows[start].Group, firstRow, end - start);
            start = end;
        }
    }

    /// <summary>The slots of one group of a rollup, each the sum of its rows.</summary>
    private async ValueTask WriteSlotsAsync(
        IReadOnlyList<MergeSource> sources, List<MergeRow> rows, int columns, int[][] maps, MergeOptions options,
        BlockDatasetWriter writer, DatasetRowsBuilder written, CancellationToken cancellation)
    {
        var target = new SlotTarget(writer.StackCount);
        target.Begin(columns);
        var totals = new long[columns];
        var (firstRow, open) = (0, 0);
        long tileTotal = 0;
        for (var start = 0; start < rows.Count;)
        {
            var end = start;
            while (end < rows.Count && rows[end].TimeNanos == rows[start].TimeNanos) end++;
            await ReadAsync(sources, rows, start, end, static (_, _) => 0, columns, maps, target.Use, target, cancellation);
            if (open == 0)
            {
                await writer.BeginTileAsync(columns, cancellation);
                (firstRow, tileTotal) = (written.Count, 0);
            }
            totals.AsSpan().Clear();
            var cells = target.Drain(writer.Tile, open, totals);
            var group = rows[start].Group;
            var identity = new RowIdentity(XxHash64.Mix((ulong)rows[start].TimeNanos, (ulong)group), rows[start].TimeNanos);
            written.Add(new Row(group, identity, options.SlotNanos, cells, 0, 0, 0, 0), totals);
            open++;
            tileTotal = Saturating.Add(tileTotal, Largest(totals));
            start = end;
            if (start < rows.Count && open < TileDirectory.RowsPerTileMax && writer.Tile.CellCount < budget.TileCellsMax(columns) && tileTotal < TileTotalMax / 4) continue;
            writer.EndTile(group, firstRow, open);
            open = 0;
        }
    }

    private async ValueTask ReadAsync(
        IReadOnlyList<MergeSource> sources, List<MergeRow> rows, int start, int end, Func<int, int, int> targetOf, int columns, int[][] maps,
        Action<int[]> use, ICellTarget target, CancellationToken cancellation)
    {
        var wanted = new Dictionary<(int Source, int Pick), List<RowTarget>>();
        for (var i = start; i < end; i++)
        {
            if (!wanted.TryGetValue((rows[i].Source, rows[i].Pick), out var own)) wanted.Add((rows[i].Source, rows[i].Pick), own = []);
            own.Add(new RowTarget(rows[i].Row, targetOf(i, start)));
        }
        foreach (var ((source, pick), own) in wanted.OrderBy(w => w.Key))
        {
            if (maps[source].Length == 0) continue;   // its symbols are damaged, which is reported
            own.Sort((a, b) => a.Row.CompareTo(b.Row));
            use(maps[source]);
            await sources[source].ReadAsync(own.ToArray(), _picks.SourceColumns(pick, columns), _picks.Into(target, pick), cancellation);
        }
    }

    private static long Largest(ReadOnlySpan<long> totals)
    {
        long largest = 0;
        foreach (var total in totals) largest = Math.Max(largest, total);
        return largest;
    }
}
