using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Kagari.Server.Configuration.Values;

/// <summary>A number within bounds. Whole numbers may have <c>_</c> between digits, as YAML has it.</summary>
/// <param name="name">A word for the value.</param>
/// <param name="least">Smallest value.</param>
/// <param name="most">Largest value.</param>
internal sealed class NumberKind<T>(string name, T least, T most) : ValueKind<T>
    where T : struct, INumber<T>
{
    public override string Name => name;

    public override string Format(T value) => value.ToString(null, CultureInfo.InvariantCulture);

    protected override bool TryParse(string text, [NotNullWhen(true)] out T value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        var style = T.One / (T.One + T.One) == T.Zero ? NumberStyles.Integer : NumberStyles.Float;
        if (!T.TryParse(text.Replace("_", ""), style, CultureInfo.InvariantCulture, out value) || T.IsNaN(value))
            error = $"'{text}' is no {name}{(style == NumberStyles.Integer ? " (a whole number)" : "")}";
        else if (value < least || value > most)
            error = $"{Format(value)} is out of range; expected {Format(least)} to {Format(most)}";
        return error is null;
    }
}
