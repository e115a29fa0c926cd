using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Kagari.Profiles;

/// <summary>Reads values of profiles in JSON; each fault is a <see cref="FormatException"/> that names the place.</summary>
internal static class JsonFields
{
    public static JsonElement Array(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array : throw new FormatException($"{name} is missing");

    public static IEnumerable<JsonElement> OptionalArray(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    public static long Integer(JsonElement element, string where) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : throw new FormatException($"{where} is {Short(element)}; expected a whole number");

    /// <summary>A number that some writers write with a point: rounded.</summary>
    public static long Rounded(JsonElement element, string where) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number) && Math.Abs(number) <= long.MaxValue
            ? (long)decimal.Round(number)
            : throw new FormatException($"{where} is {Short(element)}; expected a number of at most 64 bits");

    public static long OptionalInteger(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value) ? value : 0;

    public static string Text(JsonElement parent, string name)
    {
        return parent.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? TextOf(text) : "";
    }

    /// <summary>A text; one that JSON's escapes make no UTF-16 of is a fault of the file.</summary>
    public static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"{Short(text)} is no text", e);
        }
    }

    /// <summary>The JSON of an element; bytes that are no UTF-8, which strings may hold, become U+FFFD.</summary>
    public static string Raw(JsonElement element) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The start of an element's JSON, for messages.</summary>
    public static string Short(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined) return "nothing";
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return raw.Length > 40 ? Encoding.UTF8.GetString(raw[..40]) + "…" : Encoding.UTF8.GetString(raw);
    }
}
