using System.Diagnostics.CodeAnalysis;

namespace Kagari.Server.Configuration.Values;

/// <summary>True or false, in the words that Go's flags and YAML know.</summary>
internal sealed class SwitchKind : ValueKind<bool>
{
    public override string Name => "true|false";

    public override bool IsSwitch => true;

    public override string Format(bool value) => value ? "true" : "false";

    protected override bool TryParse(string text, [NotNullWhen(true)] out bool value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        value = false;
        switch (text.Trim().ToLowerInvariant())
        {
            case "true" or "t" or "1" or "yes" or "on": value = true; break;
            case "false" or "f" or "0" or "no" or "off": break;
            default: error = $"'{text}' is neither true nor false"; break;
        }
        return error is null;
    }
}
