using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kagari.Server.Relabeling;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>A list of <c>relabel_config</c>s with Prometheus' names; as flag or variable the same in one line (JSON works).</summary>
internal sealed class RelabelRulesKind() : RulesKind<RelabelRule>("relabel rules", "[{action: drop, source_labels: [env], regex: dev}]")
{
    private static readonly string[] Keys = ["source_labels", "separator", "regex", "modulus", "target_label", "replacement", "action"];

    protected override string FormatRule(RelabelRule rule) =>
        throw new InvalidOperationException("BUG: relabel rules that were not read from a configuration cannot be written as one.");

    protected override bool TryReadRule(YamlMappingNode mapping, [NotNullWhen(true)] out RelabelRule? rule, [NotNullWhen(false)] out string? error)
    {
        rule = null;
        var action = RelabelAction.Replace;
        IReadOnlyList<string> sources = [];
        string separator = ";", regex = "(.*)", target = "", replacement = "$1";
        ulong modulus = 0;
        foreach (var (keyNode, value) in mapping.Children)
        {
            if (!TryKeyOf(keyNode, Keys, out var key, out error)) return false;
            if (key == "source_labels" && value is YamlSequenceNode list && list.All(l => l is YamlScalarNode))
            {
                sources = [.. list.Select(l => ((YamlScalarNode)l).Value ?? "")];
                continue;
            }
            if (key == "source_labels" || value is not YamlScalarNode { Value: var text } || text is null)
            {
                error = $"{key} is no {(key == "source_labels" ? "list of label names" : "text")}";
                return false;
            }
            switch (key)
            {
                case "separator": separator = text; break;
                case "regex": regex = text; break;
                case "target_label": target = text; break;
                case "replacement": replacement = text; break;
                case "modulus" when !ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out modulus):
                    error = $"modulus '{text}' is no whole number";
                    return false;
                case "action" when !TryReadAction(text, out action):
                    error = $"action '{text}' is not known; known: {string.Join(", ", Enum.GetNames<RelabelAction>().Select(n => n.ToLowerInvariant()))}";
                    return false;
            }
        }
        try
        {
            rule = new RelabelRule(action, sources, separator, regex, target, replacement, modulus);
            error = null;
            return true;
        }
        catch (ArgumentException e)
        {
            // The parameter's name, which .NET appends, says nothing to the reader of a configuration.
            error = e.Message.Split(" (Parameter", 2)[0];
            return false;
        }
    }

    private static bool TryReadAction(string text, out RelabelAction action) =>
        Enum.TryParse(text, ignoreCase: true, out action) && !char.IsAsciiDigit(text[0]) && Enum.IsDefined(action);
}
