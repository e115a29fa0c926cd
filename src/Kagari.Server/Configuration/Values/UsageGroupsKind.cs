using System.Diagnostics.CodeAnalysis;
using Kagari.Server.Limits;
using Kagari.Server.Retention;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary><c>{NAME: SELECTOR}</c>.</summary>
internal sealed class UsageGroupsKind() : SectionKind<IReadOnlyList<UsageGroup>>("{team-a: '{service_name=~\"a-.*\"}'}")
{
    public override string Format(IReadOnlyList<UsageGroup> value) =>
        value is RuleList<UsageGroup> list ? list.Source
            : "{" + string.Join(", ", value.Select(g => $"{YamlText.Quote(g.Name)}: {YamlText.Quote(g.Selector.ToString())}")) + "}";

    protected override bool TryReadSection(
        YamlMappingNode section, string source, [NotNullWhen(true)] out IReadOnlyList<UsageGroup>? value, [NotNullWhen(false)] out string? error)
    {
        var groups = new List<UsageGroup>();
        value = null;
        foreach (var (key, node) in section.Children)
        {
            var name = KeyOf(key);
            error = name.Length == 0 ? "a group has no name" : name == UsageGroup.Other ? $"'{UsageGroup.Other}' is the group of what belongs to no other" : null;
            if (error is not null) return false;
            if (!SeriesSelectors.TryParse((node as YamlScalarNode)?.Value ?? "", out var selector, out error))
            {
                error = $"group '{name}': {error}";
                return false;
            }
            groups.Add(new UsageGroup(name, selector));
        }
        error = groups.Count > UsageGroup.GroupsMax ? $"has {groups.Count} groups; at most {UsageGroup.GroupsMax} are counted" : null;
        value = new RuleList<UsageGroup>(source, groups);
        return error is null;
    }
}
