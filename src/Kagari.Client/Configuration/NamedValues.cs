using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kagari.Client.Configuration;

/// <summary>Names with values in one text: <c>k=v,k:v</c> or a JSON object of strings.</summary>
internal static class NamedValues
{
    public const string Expected = "pairs as region=eu,version:1.2 or a JSON object of strings";

    public static bool TryRead(string text, [NotNullWhen(true)] out List<KeyValuePair<string, string>>? pairs)
    {
        text = text.Trim();
        return text.StartsWith('{') ? TryReadJson(text, out pairs) : TryReadPairs(text, out pairs);
    }

    /// <summary>The first <c>=</c> or <c>:</c> parts name and value, so that values may be addresses.</summary>
    private static bool TryReadPairs(string text, [NotNullWhen(true)] out List<KeyValuePair<string, string>>? pairs)
    {
        pairs = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.AsSpan().IndexOfAny('=', ':');
            if (at <= 0)
            {
                pairs = null;
                return false;
            }
            pairs.Add(new(part[..at].TrimEnd(), part[(at + 1)..].TrimStart()));
        }
        return true;
    }

    private static bool TryReadJson(string text, [NotNullWhen(true)] out List<KeyValuePair<string, string>>? pairs)
    {
        pairs = [];
        try
        {
            using var json = JsonDocument.Parse(text);
            foreach (var member in json.RootElement.EnumerateObject())
            {
                // Numbers and booleans are taken as they are written; null, arrays and objects mean nothing here.
                if (member.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object) throw new JsonException();
                pairs.Add(new(member.Name, member.Value.ToString()));
            }
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The latter two: halves of surrogate pairs, written as escapes or as they are.
            pairs = null;
            return false;
        }
    }
}
