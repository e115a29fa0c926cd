using System.Diagnostics.CodeAnalysis;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>Reads and writes the values of a setting. <see cref="Format"/> gives what <see cref="TryRead"/> takes.</summary>
internal abstract class ValueKind<T> : IValueKind
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool IsSwitch => false;

    /// <summary>The value as it can be written in YAML.</summary>
    public abstract string Format(T value);

    /// <summary>Reads a value; flags and variables come as scalars.</summary>
    public virtual bool TryRead(YamlNode node, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error)
    {
        if (node is YamlScalarNode scalar) return TryParse(scalar.Value ?? "", out value, out error);
        value = default;
        error = $"expected a {Name}, found a {(node is YamlSequenceNode ? "list" : "section")}";
        return false;
    }

    /// <summary>Reads a value from its text.</summary>
    protected abstract bool TryParse(string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error);
}
