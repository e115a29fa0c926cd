using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Answers about functions over the engine's merges: tables, changes, origins. Exact; thread safe.</summary>
/// <remarks>
/// Everything is computed from whole trees and row totals, never from what a view has left. Views over one tree
/// (<see cref="FunctionPage"/>, <see cref="FunctionSandwich"/>, <see cref="ColumnarGraph"/>) are drawn by the caller.
/// </remarks>
public sealed partial class FunctionAnswers(QueryEngine engine)
{
    /// <summary>The tree of all selected samples.</summary>
    public async Task<FunctionTree> TreeAsync(Selection selection, StackFilter filter, CancellationToken cancellation) =>
        selection.Profile is { } profile ? profile.Tree(filter) : selection.IsEmpty ? new FunctionTree() : await engine.MergeTreeAsync(selection.Query, filter, cancellation);
}
