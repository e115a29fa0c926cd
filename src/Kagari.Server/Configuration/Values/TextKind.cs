using System.Diagnostics.CodeAnalysis;

namespace Kagari.Server.Configuration.Values;

/// <summary>Any text, or text that a rule admits.</summary>
/// <param name="name">A word for the value.</param>
/// <param name="normalize">Brings a text into the form that is kept. Default: as it is.</param>
/// <param name="check">Says why a text is refused, or null. Default: never.</param>
/// <param name="show">What is shown of a text that holds a secret. Default: all of it.</param>
internal sealed class TextKind(string name, Func<string, string>? normalize = null, Func<string, string?>? check = null, Func<string, string>? show = null) : ValueKind<string>
{
    public override string Name => name;

    /// <summary>One word of a few.</summary>
    public static TextKind OneOf(params string[] words) =>
        new(string.Join("|", words), text => text.Trim(), text => words.Contains(text) ? null : $"'{text}' is not known; known: {string.Join(", ", words)}");

    public override string Format(string value) => show is null ? value : show(value);

    protected override bool TryParse(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? error)
    {
        value = normalize is null ? text : normalize(text);
        error = check?.Invoke(value);
        return error is null;
    }
}
