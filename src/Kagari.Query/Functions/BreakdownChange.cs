namespace Kagari.Query;

/// <summary>The change of a total by label values.</summary>
/// <param name="LeftTotal">Value of the left side.</param>
/// <param name="RightTotal">Value of the right side.</param>
/// <param name="ChangePerSecond">Right value per second minus left value per second.</param>
/// <param name="Labels">In order of their names.</param>
public sealed record BreakdownChange(long LeftTotal, long RightTotal, double ChangePerSecond, IReadOnlyList<LabelChanges> Labels);

/// <summary>The values of one label.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Changes">The largest change, up or down, first.</param>
public sealed record LabelChanges(string Label, IReadOnlyList<LabelChange> Changes);

/// <summary>What one label value changed.</summary>
/// <param name="Value">The value; empty for series without the label.</param>
/// <param name="LeftTotal">Its part of the left side.</param>
/// <param name="RightTotal">Its part of the right side.</param>
/// <param name="ChangePerSecond">Right value per second minus left value per second.</param>
/// <param name="Contribution">
/// Its part of the whole change, negative against it and above 1 where others went against it; null where the whole did
/// not change.
/// </param>
public readonly record struct LabelChange(string Value, long LeftTotal, long RightTotal, double ChangePerSecond, double? Contribution);
