using System.Net;
using Kagari.Profiles;

namespace Kagari.Server.Profefe;

/// <summary>Labels as profefe takes them: <c>k=v,k=v</c>, each part percent-encoded once more.</summary>
/// <remarks>
/// A series cannot have a label without value, and sample labels are split off into series of their own. So that a profile
/// comes back with exactly the labels it was posted with, a private label names their keys.
/// </remarks>
internal static class ProfefeLabels
{
    /// <summary>Keys of the posted labels, escaped, separated by commas.</summary>
    private const string Keys = "__profefe_labels__";

    /// <summary>Keys that mean something to the server become labels with this prefix, and so do those that have it: no two keys are one label.</summary>
    private const string ReservedPrefix = "profefe_";

    /// <summary>Reads a list; parts without key are left out, as are keys that were there before.</summary>
    public static IReadOnlyList<Label> Parse(string text)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(','))
        {
            var split = part.IndexOf('=');
            var key = Decode(split < 0 ? part : part[..split]);
            if (key.Length > 0) labels.TryAdd(key, split < 0 ? "" : Decode(part[(split + 1)..]));
        }
        return [.. labels.Select(l => new Label(l.Key, l.Value))];
    }

    /// <summary>The series labels of a posted profile.</summary>
    public static LabelSet ToSeries(string service, string family, IReadOnlyList<Label> labels) => LabelSet.Of(
    [
        new Label(LabelNames.Name, family),
        new Label(LabelNames.ServiceName, service),
        new Label(Keys, string.Join(',', labels.Select(l => Uri.EscapeDataString(l.Name)))),
        .. labels.Where(l => l.Value.Length > 0).Select(l => new Label(NameOf(l.Name), l.Value)),
    ]);

    /// <summary>The labels of a stored profile: those it was posted with, or the public ones of its series.</summary>
    public static IReadOnlyList<Label> OfSeries(LabelSet series)
    {
        if (!series.TryGet(Keys, out var keys))
            return [.. series.Where(l => l.Name != LabelNames.ServiceName && !l.Name.StartsWith("__", StringComparison.Ordinal))];
        return [.. keys.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).Select(key => new Label(key, series[NameOf(key)]))];
    }

    /// <summary>The label of a series that a key becomes.</summary>
    public static string NameOf(string key) =>
        key == LabelNames.ServiceName || key.StartsWith("__", StringComparison.Ordinal) || key.StartsWith(ReservedPrefix, StringComparison.Ordinal) ? ReservedPrefix + key : key;

    private static string Decode(string part) => WebUtility.UrlDecode(part).Trim();
}
