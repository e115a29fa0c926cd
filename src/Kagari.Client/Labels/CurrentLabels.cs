namespace Kagari.Client;

/// <summary>The labels of the flow that runs here: they go where its <see cref="ExecutionContext"/> goes.</summary>
/// <remarks>
/// Labels and span are changed by different parties, and either may outlive the other. So each change takes the other half
/// from what is there now, never from what was there when it began.
/// </remarks>
internal static class CurrentLabels
{
    // The runtime calls back on the very thread whenever the value changes there: when it is set, and when a thread turns
    // to another flow. That is all that a profiler must know.
    private static readonly AsyncLocal<LabelContext?> Flow = new(static change => ThreadLabels.Record(change.PreviousValue, change.CurrentValue));

    /// <summary>What the flow has; null for nothing.</summary>
    public static LabelContext? Value => Flow.Value;

    /// <summary>The labels of the flow, without those of the process.</summary>
    public static LabelTable Table => Flow.Value?.Table ?? LabelTable.Empty;

    /// <summary>Other labels from here on; the span stays.</summary>
    public static void SetTable(LabelTable table)
    {
        var current = Flow.Value;
        if (!ReferenceEquals(current?.Table ?? LabelTable.Empty, table)) Flow.Value = LabelContext.Of(table, current?.Span);
    }

    /// <summary>Another span from here on; the labels stay.</summary>
    public static void SetSpan(SpanLabels? span)
    {
        var current = Flow.Value;
        if (!ReferenceEquals(current?.Span, span)) Flow.Value = LabelContext.Of(current?.Table ?? LabelTable.Empty, span);
    }

    /// <summary>Other labels until what is returned is disposed on the same stack.</summary>
    public static LabelChange Change(LabelTable table)
    {
        var before = Table;
        SetTable(table);
        return new LabelChange(before);
    }

    /// <summary>Enters a scope with these labels.</summary>
    public static LabelScope Enter(LabelContext? current, LabelTable table)
    {
        var before = current?.Table ?? LabelTable.Empty;
        if (ReferenceEquals(before, table)) return default;
        var outside = ExecutionContext.Capture();
        Flow.Value = LabelContext.Of(table, current?.Span);
        return new LabelScope(before, table, outside, outside is null ? null : ExecutionContext.Capture());
    }
}
