namespace Kagari.Profiles;

/// <summary>Labels that hold an annotation of a profile: <c>__annotation_KEY__</c>. Answers show them as annotations, not as labels.</summary>
public static class AnnotationLabels
{
    private const string Prefix = "__annotation_", Suffix = "__";

    /// <summary>The label of an annotation.</summary>
    public static string NameOf(string key) => Prefix + key + Suffix;

    /// <summary>Whether a label holds an annotation.</summary>
    public static bool IsOne(string label) => label.StartsWith(Prefix, StringComparison.Ordinal) && label.EndsWith(Suffix, StringComparison.Ordinal) && label.Length > Prefix.Length + Suffix.Length;

    /// <summary>The annotations among labels: keys with values.</summary>
    public static IEnumerable<Label> Of(LabelSet labels)
    {
        foreach (var label in labels)
            if (IsOne(label.Name)) yield return new Label(label.Name[Prefix.Length..^Suffix.Length], label.Value);
    }

    /// <summary>The labels without annotations; the same set where it has none.</summary>
    public static LabelSet Without(LabelSet labels)
    {
        foreach (var label in labels.Span)
            if (IsOne(label.Name)) return LabelSet.Of(labels.Where(l => !IsOne(l.Name)));
        return labels;
    }
}
