namespace Kagari.Query;

// When a function was first and last on a stack.
public sealed partial class FunctionAnswers
{
    /// <summary>The first and the last profile of a range that have a function; null where none has it.</summary>
    /// <remarks>
    /// Bisects: each step asks one half, so the work is that of about four scans of the range, however long it is. An
    /// index from functions to times would answer the same question here.
    /// </remarks>
    /// <param name="selection">Where to look.</param>
    /// <param name="function">The whole name.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<FunctionSeen?> SeenAsync(Selection selection, string function, CancellationToken cancellation)
    {
        var filter = new StackFilter { IncludeNames = [function] };
        if (selection.IsEmpty || !await HasAsync(selection, filter, cancellation)) return null;
        var first = await NarrowAsync(selection, filter, wantsLast: false, cancellation);
        var last = await NarrowAsync(selection, filter, wantsLast: true, cancellation);
        return new FunctionSeen(
            first.StartMillis, await ProfileAsync(first, filter, cancellation), last.StartMillis, await ProfileAsync(last, filter, cancellation));
    }

    /// <summary>Halves a range that has the function until one millisecond is left.</summary>
    private async Task<Selection> NarrowAsync(Selection range, StackFilter filter, bool wantsLast, CancellationToken cancellation)
    {
        while (range.StartMillis < range.EndMillis)
        {
            var halves = range.Split(2);
            var (wanted, other) = wantsLast ? (halves[1], halves[0]) : (halves[0], halves[1]);
            range = await HasAsync(wanted, filter, cancellation) ? wanted : other;
        }
        return range;
    }

    private async Task<bool> HasAsync(Selection range, StackFilter filter, CancellationToken cancellation) =>
        (await engine.TimeSeriesAsync(range.Query, filter, OneStep(range, []), cancellation)).Count > 0;

    private async Task<Guid?> ProfileAsync(Selection instant, StackFilter filter, CancellationToken cancellation)
    {
        var series = await engine.TimeSeriesAsync(instant.Query, filter, OneStep(instant, []) with { WithExemplars = true }, cancellation);
        return series[0].Points[0].Exemplar?.ProfileId;
    }

    /// <summary>Options of a time series with the whole range as its one step.</summary>
    private static TimeSeriesOptions OneStep(Selection range, IReadOnlyList<string> groupBy) => new(
        range.EndMillis, range.EndMillis, range.EndMillis - range.StartMillis + 1, groupBy, Average: false, Limit: 0, WithExemplars: false);
}
