using System.Diagnostics.CodeAnalysis;

namespace Kagari.Server.Configuration.Values;

/// <summary>A text that is shown to nobody.</summary>
internal sealed class SecretKind : ValueKind<string>
{
    /// <summary>What is shown instead.</summary>
    public const string Masked = "***";

    public override string Name => "secret";

    public override string Format(string value) => value;

    protected override bool TryParse(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? error)
    {
        (value, error) = (text.Trim(), null);
        return true;
    }
}
