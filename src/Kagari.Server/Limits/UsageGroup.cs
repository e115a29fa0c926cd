using System.Text;
using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Limits;

/// <summary>A part of a tenant's profiles that is counted, limited or sampled by itself.</summary>
/// <param name="Name">Its name; <c>${labels.X}</c> in it makes a group for each value of a label.</param>
/// <param name="Selector">Which pushes belong to it.</param>
public sealed record UsageGroup(string Name, Selector Selector)
{
    /// <summary>The group of what belongs to no other.</summary>
    public const string Other = "other";

    /// <summary>Most groups of a tenant, as the peer has it.</summary>
    public const int GroupsMax = 50;

    private const string LabelStart = "${labels.";

    /// <summary>The names of the groups that a push belongs to; never none.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<UsageGroup> groups, LabelSet labels)
    {
        if (groups.Count == 0) return [];
        var names = new List<string>();
        foreach (var group in groups)
            if (group.Selector.Matches(labels) && group.Expand(labels) is { } name) names.Add(name);
        return names.Count == 0 ? [Other] : names;
    }

    /// <summary>The name with the values of labels; null where one of them is not there.</summary>
    private string? Expand(LabelSet labels)
    {
        if (!Name.Contains(LabelStart, StringComparison.Ordinal)) return Name;
        var name = new StringBuilder();
        var rest = Name.AsSpan();
        while (rest.IndexOf(LabelStart) is var start and >= 0 && rest[start..].IndexOf('}') is var length and > 0)
        {
            if (!labels.TryGet(rest[(start + LabelStart.Length)..(start + length)].ToString(), out var value) || value.Length == 0) return null;
            name.Append(rest[..start]).Append(value);
            rest = rest[(start + length + 1)..];
        }
        return name.Append(rest).ToString();
    }
}
