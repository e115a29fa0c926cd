using System.Text.Json;
using Kagari.Storage;

namespace Kagari.Server.Retention;

/// <summary>The answer of a deletion.</summary>
internal static class DeletionJson
{
    public static void Write(Utf8JsonWriter json, DeletionRequest request, DeletionResult result, bool isDryRun)
    {
        json.WriteBoolean("dryRun", isDryRun);
        json.WriteString("query", request.Selector);
        json.WriteNumber("series", result.Series);
        json.WriteNumber("rows", result.Rows);
        json.WriteNumber("blocks", result.Blocks);
        json.WriteNumber("bytesBefore", result.BytesBefore);
        if (result.BytesAfter is { } after) json.WriteNumber("bytesAfter", after);
        json.WriteStartArray("matched");
        foreach (var count in result.Counts)
        {
            json.WriteStartObject();
            json.WriteString("service", count.Service);
            json.WriteString("type", count.ProfileType);
            json.WriteNumber("series", count.Series);
            json.WriteNumber("rows", count.Rows);
            json.WriteNumber("from", count.TimeNanosMin / 1_000_000);
            json.WriteNumber("until", count.TimeNanosMax / 1_000_000);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
