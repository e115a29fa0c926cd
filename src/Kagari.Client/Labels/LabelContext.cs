namespace Kagari.Client;

/// <summary>What samples of a flow get: labels and a span. Immutable; no labels and no span is null.</summary>
internal sealed class LabelContext(LabelTable table, SpanLabels? span) : IEquatable<LabelContext>
{
    /// <summary>Labels sorted by name, each name once; nothing of the span is among them.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> Labels => table.Labels;

    /// <summary>The labels as a whole.</summary>
    public LabelTable Table => table;

    /// <summary>The local root span that runs; null for none.</summary>
    public SpanLabels? Span => span;

    /// <summary>Hash of <see cref="Labels"/>, without the span.</summary>
    public int Hash => table.Hash;

    /// <summary>The context of these labels and this span; null for neither.</summary>
    public static LabelContext? Of(LabelTable table, SpanLabels? span) => span is null ? table.Alone : new LabelContext(table, span);

    /// <summary>Whether labels are equal by content, whatever the spans.</summary>
    public bool LabelsEqual(LabelContext other) => table.ContentEquals(other.Table);

    /// <summary>Whether labels are equal by content, and the span is the same one.</summary>
    public bool Equals(LabelContext? other) => other is not null && ReferenceEquals(span, other.Span) && table.ContentEquals(other.Table);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelContext);

    /// <inheritdoc/>
    public override int GetHashCode() => span is null ? Hash : HashCode.Combine(Hash, span);
}
