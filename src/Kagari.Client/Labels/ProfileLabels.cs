namespace Kagari.Client;

/// <summary>Labels for samples, built once and used often: what a hot path enters. Immutable.</summary>
/// <remarks>
/// <para>Names have letters, digits and underscores of ASCII; a dot becomes an underscore, as servers have it. Names with two
/// underscores at the beginning, <c>service_name</c>, <c>span_id</c>, <c>span_name</c>, <c>trace_id</c>, <c>profile_id</c> and
/// <c>pyroscope_spy</c> are refused: the profiler sets them.</para>
/// <para>An empty value takes the label of that name away, also one of an outer scope. Values are cut after 2,048 bytes of
/// UTF-8. A sample has 16 labels at most; of more, those that were there first stay.</para>
/// <para>Each different set of labels is a series of its own on the server: values should be few, such as routes or
/// customers' plans, not ids. <see cref="KagariOptions.LabelSetsMax"/> is the guard.</para>
/// </remarks>
public sealed class ProfileLabels
{
    private readonly (string Name, string Value)[] _labels;
    private readonly int _hash;

    private ProfileLabels((string Name, string Value)[] labels)
    {
        _labels = labels;
        _hash = LabelTable.HashOf(labels);
        Alone = LabelTable.Empty.With(labels, _hash);
    }

    /// <summary>No labels.</summary>
    public static ProfileLabels Empty { get; } = new([]);

    /// <summary>These labels over no others.</summary>
    internal LabelTable Alone { get; }

    /// <summary>A set of labels; of two with one name the later wins.</summary>
    /// <exception cref="ArgumentException">A name is not allowed.</exception>
    public static ProfileLabels Of(params ReadOnlySpan<(string Name, string Value)> labels) => labels.Length == 0 ? Empty : new(labels.ToArray());

    /// <summary>A set with one label more, or with another value.</summary>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public ProfileLabels With(string name, string value) => new([.. _labels, (name, value)]);

    /// <summary>These labels hold until what is returned is disposed; see <see cref="Labels.Scope(ProfileLabels)"/>.</summary>
    public LabelScope Scope() => Labels.Scope(this);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _labels.Select(l => $"{l.Name}={l.Value}"));

    /// <summary>These labels over others.</summary>
    internal LabelTable Over(LabelTable table) => ReferenceEquals(table, LabelTable.Empty) ? Alone : table.With(_labels, _hash);
}
