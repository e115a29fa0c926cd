using System.Text.Json;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>JSON from strangers, whose texts can all be read and whose names stand once.</summary>
/// <remarks>
/// The runtime's parser takes halves of surrogate pairs and bytes that are no UTF-8, and fails when such a text is read later. And two
/// claims of one name would let the issuer's reader and this one read different tokens.
/// </remarks>
internal static class SoundJson
{
    private const int DepthMax = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DepthMax, AllowDuplicateProperties = false };

    /// <summary>Reads an object. The error says nothing about the content.</summary>
    public static bool TryReadObject(ReadOnlyMemory<byte> json, out JsonElement element)
    {
        element = default;
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = DepthMax });
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _ = reader.GetString();
            using var document = JsonDocument.Parse(json, Strict);
            element = document.RootElement.Clone();
            return element.ValueKind == JsonValueKind.Object;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
