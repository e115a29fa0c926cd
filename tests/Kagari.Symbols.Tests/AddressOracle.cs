using System.Globalization;

namespace Kagari.Symbols.Tests;

/// <summary>What <c>addr2line -f -i</c> says about addresses.</summary>
internal static class AddressOracle
{
    /// <summary>For each address the calls, innermost first; files are empty and lines 0 where not known.</summary>
    public static Dictionary<ulong, List<(string Function, string File, int Line)>> Ask(string file, IEnumerable<ulong> addresses, bool isDemangled = true)
    {
        var output = Tool.Run("addr2line", ["-f", "-i", "-a", .. isDemangled ? ["-C"] : Array.Empty<string>(), "-e", file], string.Join('\n', addresses.Select(a => a.ToString("x"))));
        var answers = new Dictionary<ulong, List<(string, string, int)>>();
        var lines = output.Split('\n');
        List<(string, string, int)>? frames = null;
        for (var i = 0; i < lines.Length && lines[i].Length > 0;)
        {
            if (lines[i].StartsWith("0x", StringComparison.Ordinal))
            {
                frames = answers[Convert.ToUInt64(lines[i++][2..], 16)] = [];
                continue;
            }
            var function = lines[i] == "??" ? "" : lines[i];
            var place = lines[i + 1];
            var discriminator = place.IndexOf(" (discriminator", StringComparison.Ordinal);
            if (discriminator > 0) place = place[..discriminator];
            var colon = place.LastIndexOf(':');
            var path = place[..colon];
            _ = int.TryParse(place[(colon + 1)..], CultureInfo.InvariantCulture, out var line);
            frames!.Add((function, path == "??" ? "" : path, line));
            i += 2;
        }
        return answers;
    }

    /// <summary>Addresses of the code of a file, one every few bytes.</summary>
    public static List<ulong> Addresses(string file, int step, string section = ".text")
    {
        var row = Tool.Run("readelf", ["-SW", file]).Split('\n').Single(line => line.Contains($"] {section} ", StringComparison.Ordinal));
        var parts = row[(row.IndexOf(']', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (start, size) = (Convert.ToUInt64(parts[2], 16), Convert.ToUInt64(parts[4], 16));
        var addresses = new List<ulong>();
        for (var at = start; at < start + size; at += (ulong)step) addresses.Add(at);
        return addresses;
    }
}
