using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary><c>{usage_groups: {NAME: {probability: 0..1}}}</c>.</summary>
internal sealed class SamplingKind() : SectionKind<IReadOnlyDictionary<string, double>>("{usage_groups: {team-a: {probability: 0.1}}}")
{
    public override string Format(IReadOnlyDictionary<string, double> value) => value.Count == 0 ? "{}"
        : "{\"usage_groups\": {" + string.Join(", ", value.Select(g => $"{YamlText.Quote(g.Key)}: {{\"probability\": {g.Value.ToString(CultureInfo.InvariantCulture)}}}")) + "}}";

    protected override bool TryReadSection(
        YamlMappingNode section, string source, [NotNullWhen(true)] out IReadOnlyDictionary<string, double>? value, [NotNullWhen(false)] out string? error)
    {
        var groups = new Dictionary<string, double>(StringComparer.Ordinal);
        value = groups;
        error = null;
        foreach (var (key, node) in section.Children)
        {
            error = KeyOf(key) != "usage_groups" ? Unknown(KeyOf(key), "usage_groups") : node is not YamlMappingNode ? "usage_groups is no section" : null;
            if (error is not null) return false;
            foreach (var (name, group) in ((YamlMappingNode)node).Children)
            {
                if (group is not YamlMappingNode { Children.Count: 1 } one || KeyOf(one.Children[0].Key) != "probability")
                    error = $"group '{KeyOf(name)}' is not {{probability: …}}";
                else if (TryNumber(one.Children[0].Value, 1, out var probability, out error)) groups[KeyOf(name)] = probability;
                else error = $"probability of group '{KeyOf(name)}' {error}";
                if (error is not null) return false;
            }
        }
        return true;
    }
}
