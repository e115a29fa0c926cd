using System.Text;
using Kagari.Profiles;
using Kagari.Server.Limits;

namespace Kagari.Server.Ingest.Validation;

/// <summary>Checks the labels of a series. Messages and their order are those that the peer's users know.</summary>
internal static class LabelValidator
{
    /// <summary>The labels, with sanitized names where the tenant asks for it.</summary>
    /// <exception cref="IngestException">A label is not allowed.</exception>
    public static LabelSet Validate(IReadOnlyList<Label> labels, TenantLimits limits)
    {
        if (labels.Count == 0) throw Error(DiscardReason.MissingLabels, "error at least one label pair is required per profile");
        var set = LabelSet.Of(labels);
        if (limits.MaxLabelNamesPerSeries > 0 && labels.Count > limits.MaxLabelNamesPerSeries)
        {
            throw Error(DiscardReason.MaxLabelNamesPerSeries,
                $"profile series '{set}' has {labels.Count} label names; limit {limits.MaxLabelNamesPerSeries} (max_label_names_per_series)");
        }
        if (!IsText(set[LabelNames.Name])) throw Invalid(set, "invalid metric name");
        if (set[LabelNames.ServiceName].Length == 0) throw new IngestException(
            Rpc.RpcCode.InvalidArgument, DiscardReason.MissingLabels, $"invalid labels '{set}' with error: service name is not provided");

        var checkedLabels = new List<(Label Label, string Original)>(labels.Count);
        foreach (var label in labels.OrderBy(l => l.Name, StringComparer.Ordinal)) Check(label, set, limits, checkedLabels);
        return LabelSet.Of(checkedLabels.Select(l => l.Label));
    }

    private static void Check(Label label, LabelSet set, TenantLimits limits, List<(Label Label, string Original)> known)
    {
        var (name, value) = label;
        if (limits.MaxLabelNameLength > 0 && Encoding.UTF8.GetByteCount(name) > limits.MaxLabelNameLength)
            throw Error(DiscardReason.LabelNameTooLong, $"profile with labels '{set}' has label name too long: '{name}' (max_label_name_length, limit: {limits.MaxLabelNameLength})");
        if (limits.MaxLabelValueLength > 0 && Encoding.UTF8.GetByteCount(value) > limits.MaxLabelValueLength)
            throw Error(DiscardReason.LabelValueTooLong, $"profile with labels '{set}' has label value too long: '{value}' (max_label_value_length, limit: {limits.MaxLabelValueLength})");
        var original = name;
        if (limits.DisableLabelSanitization ? !IsText(name) : !TrySanitize(ref name)) throw Invalid(set, $"invalid label name '{original}'");
        if (value.Contains('\uFFFD')) throw Invalid(set, $"invalid label value '{value}'");
        foreach (var (other, otherOriginal) in known)
        {
            if (other.Name != name) continue;
            if (otherOriginal == original)
                throw Error(DiscardReason.DuplicateLabelNames, $"profile with labels '{set}' has duplicate label name: '{name}'");
            if (other.Value == value) return;
            throw Error(DiscardReason.DuplicateLabelNames,
                $"profile with labels '{set}' has duplicate label name '{name}' after label name sanitization from '{(name == original ? otherOriginal : original)}'");
        }
        known.Add((new Label(name, value), original));
    }

    /// <summary>Not empty, and no byte was lost when it was read as UTF-8.</summary>
    private static bool IsText(string text) => text.Length > 0 && !text.Contains('\uFFFD');

    private static bool TrySanitize(ref string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.')) return false;
        name = name.Replace('.', '_');
        return true;
    }

    private static IngestException Invalid(LabelSet set, string error) =>
        Error(DiscardReason.InvalidLabels, $"invalid labels '{set}' with error: {error}");

    private static IngestException Error(string reason, string message) => IngestException.Invalid(reason, message);
}
