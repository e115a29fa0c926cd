using System.Diagnostics.CodeAnalysis;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>A set of names: a YAML list, or one text with commas.</summary>
internal sealed class NamesKind : ValueKind<IReadOnlySet<string>>
{
    public override string Name => "names";

    public override string Format(IReadOnlySet<string> value) => $"[{string.Join(", ", value.Order(StringComparer.Ordinal).Select(YamlText.Quote))}]";

    public override bool TryRead(YamlNode node, [NotNullWhen(true)] out IReadOnlySet<string>? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        if (node is not YamlSequenceNode list) return base.TryRead(node, out value, out error);
        error = list.All(n => n is YamlScalarNode { Value.Length: > 0 }) ? null : "expected a list of names";
        if (error is null) value = list.Select(n => ((YamlScalarNode)n).Value!).ToHashSet(StringComparer.Ordinal);
        return error is null;
    }

    protected override bool TryParse(string text, [NotNullWhen(true)] out IReadOnlySet<string>? value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (text.TrimStart().StartsWith('['))
        {
            value = null;
            return YamlText.TryParse(text, out var node, out error) && TryRead(node, out value, out error);
        }
        value = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return true;
    }
}
