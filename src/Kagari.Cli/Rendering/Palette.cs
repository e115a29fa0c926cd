using System.Text;
using Kagari.Profiles;

namespace Kagari.Cli.Rendering;

/// <summary>Colours of the flame graph: a function has the same one in every picture.</summary>
internal static class Palette
{
    /// <summary>Warm colours of the 256-colour palette that carry dark letters.</summary>
    private static readonly byte[] Warm = [172, 173, 174, 178, 179, 180, 208, 209, 214, 215, 216, 220, 221, 222];

    private const byte Grey = 250;

    public const string Reset = "\e[0m";

    /// <summary>The escape sequence before a cell.</summary>
    public static string Of(string name)
    {
        var color = name is "total" or "other" ? Grey : Warm[XxHash64.Of(Encoding.UTF8.GetBytes(name)) % (ulong)Warm.Length];
        return $"\e[48;5;{color};38;5;16m";
    }
}
