using System.Text;

namespace Kagari.Cli.Rendering;

/// <summary>Texts from profiles on a terminal.</summary>
internal static class TerminalText
{
    /// <summary>Control characters become U+FFFD: a function's name must not steer the terminal.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var clean = new StringBuilder(text);
        for (var i = 0; i < clean.Length; i++)
            if (char.IsControl(clean[i])) clean[i] = '\uFFFD';
        return clean.ToString();
    }

    /// <summary>At most <paramref name="width"/> columns, with <c>…</c> where something is missing.</summary>
    public static string Fit(string text, int width)
    {
        if (text.Length <= width) return text;
        if (width <= 0) return "";
        var cut = width - 1;
        if (cut > 0 && char.IsHighSurrogate(text[cut - 1])) cut--;
        return text[..cut] + "…";
    }
}
