namespace Kagari.Query;

/// <summary>Functions by how much they changed between two selections.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
/// <param name="FunctionCount">How many functions either side has.</param>
/// <param name="MatchCount">How many of them the search finds.</param>
/// <param name="Functions">The largest change, up or down, first.</param>
public sealed record FunctionChanges(
    ChangeSide Left, ChangeSide Right, int FunctionCount, int MatchCount, IReadOnlyList<FunctionChange> Functions);

/// <summary>One side.</summary>
/// <param name="Total">Value of all its stacks.</param>
/// <param name="Seconds">Length of its range.</param>
/// <param name="Windows">How many sub-windows it was split into.</param>
/// <param name="FilledWindows">How many of them have a value.</param>
public sealed record ChangeSide(long Total, double Seconds, int Windows, int FilledWindows);

/// <summary>What changed of one function; zeros on a side that does not have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LeftSelf">Value of the left stacks that end in it.</param>
/// <param name="LeftTotal">Value of the left stacks that it is in.</param>
/// <param name="RightSelf">Value of the right stacks that end in it.</param>
/// <param name="RightTotal">Value of the right stacks that it is in.</param>
/// <param name="Self">The change of self.</param>
/// <param name="Total">The change of total.</param>
public sealed record FunctionChange(
    string Name, long LeftSelf, long LeftTotal, long RightSelf, long RightTotal, Effect Self, Effect Total);

/// <summary>A change, right minus left, in the unit of the <see cref="ChangeMode"/>.</summary>
/// <param name="Change">The change.</param>
/// <param name="Noise">
/// Its standard error as the sub-windows tell it; null where a side has fewer than two of them to tell from.
/// </param>
public readonly record struct Effect(double Change, double? Noise)
{
    /// <summary>
    /// How many standard errors the change is; below 2 it is what such programs do by themselves. Null where the noise
    /// is unknown or where all windows are exactly alike, so that nothing can be said.
    /// </summary>
    public double? Significance => Noise > 0 ? Math.Abs(Change) / Noise : null;
}
