using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>A section with keys of its own; as flag or variable the same in one line (JSON works).</summary>
/// <param name="example">The section in one line, for those who wrote none.</param>
internal abstract class SectionKind<T>(string example) : ValueKind<T>
{
    public override string Name => "section";

    public sealed override bool TryRead(YamlNode node, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error)
    {
        if (node is YamlMappingNode section) return TryReadSection(section, YamlText.Inline(section), out value, out error);
        if (node is YamlScalarNode) return base.TryRead(node, out value, out error);
        value = default;
        error = $"expected a section with keys, as {example}";
        return false;
    }

    /// <param name="section">The section.</param>
    /// <param name="source">The same in one line.</param>
    /// <param name="value">What it says.</param>
    /// <param name="error">What is wrong.</param>
    protected abstract bool TryReadSection(YamlMappingNode section, string source, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error);

    protected sealed override bool TryParse(string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error)
    {
        value = default;
        if (!YamlText.TryParse(text, out var node, out error)) return false;
        if (YamlText.IsNull(node)) node = new YamlMappingNode();
        if (node is not YamlScalarNode) return TryRead(node, out value, out error);
        error = $"'{text}' is no section; write it as {example}";
        return false;
    }

    protected static string KeyOf(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";

    protected static bool TryNumber(YamlNode node, double max, out double number, [NotNullWhen(false)] out string? error)
    {
        var text = (node as YamlScalarNode)?.Value;
        error = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number >= 0 && number <= max
            ? null : $"is '{text ?? "no number"}'; expected a number from 0 to {max.ToString(CultureInfo.InvariantCulture)}";
        return error is null;
    }

    protected static string Unknown(string key, params string[] known) => $"unknown key '{key}'; did you mean '{NearestName.Of(key, known)}'?";
}
