namespace Kagari.Query;

// Lines of one function.
public sealed partial class QueryEngine
{
    /// <summary>Self and total of a function by file and line.</summary>
    /// <remarks>Sums of slots have no lines, so profiles are read as long as they are there; datasets without the function are not.</remarks>
    /// <param name="query">Which rows.</param>
    /// <param name="function">The whole name.</param>
    /// <param name="filter">Which stacks count.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<FunctionLines> SumLinesAsync(SeriesQuery query, string function, StackFilter filter, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            var wanted = query with { SlotNanosMax = filter.AsksForSingles ? SeriesQuery.ProfilesOnly : 0 };
            var sums = new LineSums(function);
            await MergeAsync(
                await _datasets.PlanAsync(wanted, token), wanted, filter, withSymbols: true,
                (view, symbols, stackSums, mask) => sums.Add(view, symbols, stackSums, mask), token, sums.IsIn);
            return sums.ToLines();
        }, cancellation);
}
