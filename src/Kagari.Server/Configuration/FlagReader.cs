namespace Kagari.Server.Configuration;

/// <summary>Reads flags as Go's flag package does: one or two dashes, <c>-name=value</c>, <c>-name value</c>, bare switches.</summary>
internal static class FlagReader
{
    /// <summary>The flags in their order. Names are not judged here, except that a switch takes no separate value.</summary>
    /// <param name="arguments">All arguments.</param>
    /// <param name="kindOf">What a name stands for.</param>
    /// <param name="findings">Gets arguments that are no flags, and flags without their value.</param>
    public static List<Flag> Read(IReadOnlyList<string> arguments, Func<string, FlagKind> kindOf, Findings findings)
    {
        var flags = new List<Flag>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var name = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument.StartsWith('-') ? argument[1..] : "";
            if (name.Length == 0 || name[0] is '-' or '=')
            {
                findings.Error($"argument '{argument}' is no flag; flags are written -name=value or -name value");
                continue;
            }
            string? value = null;
            if (name.IndexOf('=') is > 0 and var equals) (name, value) = (name[..equals], name[(equals + 1)..]);
            else if (kindOf(name) is var kind && kind == FlagKind.Switch) value = "true";
            else if (kind == FlagKind.Value && i + 1 < arguments.Count) value = arguments[++i];
            // Nobody knows whether a foreign flag takes a value; as there are no other arguments, what follows is its value.
            else if (kind == FlagKind.Foreign && i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-')) value = arguments[++i];
            if (value is null && kindOf(name) == FlagKind.Value) findings.Error($"flag -{name} needs a value");
            else flags.Add(new Flag(name, value ?? ""));
        }
        return flags;
    }
}

/// <summary>A flag without its dashes, and its value.</summary>
internal readonly record struct Flag(string Name, string Value);

/// <summary>What a flag takes.</summary>
internal enum FlagKind
{
    /// <summary>A value.</summary>
    Value,

    /// <summary>Nothing: the bare flag is true.</summary>
    Switch,

    /// <summary>Not of this house.</summary>
    Foreign,
}
