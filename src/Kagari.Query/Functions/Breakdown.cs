namespace Kagari.Query;

/// <summary>A total by label values.</summary>
/// <param name="Total">Value of all stacks that count.</param>
/// <param name="Labels">In order of their names; the parts of each label add up to the total.</param>
public sealed record Breakdown(long Total, IReadOnlyList<LabelParts> Labels);

/// <summary>The values of one label.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Parts">The largest first.</param>
public sealed record LabelParts(string Label, IReadOnlyList<LabelPart> Parts);

/// <summary>The part of one label value.</summary>
/// <param name="Value">The value; empty for series without the label.</param>
/// <param name="Total">Its part.</param>
public readonly record struct LabelPart(string Value, long Total);
