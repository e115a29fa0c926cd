using System.Text.Json;

namespace Kagari.Server.Admin;

/// <summary>The last questions as JSON.</summary>
internal static class QueryLogJson
{
    public static void Write(Utf8JsonWriter json, IEnumerable<LoggedQuery> queries)
    {
        json.WriteStartArray("queries"u8);
        foreach (var query in queries)
        {
            json.WriteStartObject();
            json.WriteNumber("timeMillis"u8, query.At.ToUnixTimeMilliseconds());
            json.WriteStartArray("tenants"u8);
            foreach (var tenant in query.Tenants) json.WriteStringValue(tenant);
            json.WriteEndArray();
            json.WriteString("route"u8, query.Route);
            json.WriteString("caller"u8, query.Caller);
            json.WriteString("selector"u8, query.Selector);
            Time(json, "fromMillis"u8, query.TimeNanosMin);
            Time(json, "untilMillis"u8, query.TimeNanosMax);
            json.WriteNumber("millis"u8, Math.Round(query.Elapsed.TotalMilliseconds, 1));
            json.WriteNumber("chains"u8, query.Run.Chains);
            json.WriteNumber("blocks"u8, query.Run.Blocks);
            json.WriteNumber("rollups"u8, query.Run.Rollups);
            json.WriteNumber("rows"u8, query.Run.Rows);
            json.WriteNumber("tiles"u8, query.Run.Tiles);
            json.WriteNumber("sums"u8, query.Run.TotalTiles);
            json.WriteNumber("memoryBytes"u8, query.Run.MemoryBytes);
            json.WriteBoolean("kept"u8, query.Run.IsKept);
            json.WriteNumber("status"u8, query.Status);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Questions about all time have no ends.</summary>
    private static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? nanos)
    {
        if (nanos is { } known and not long.MinValue and not long.MaxValue) json.WriteNumber(name, known / 1_000_000);
        else json.WriteNull(name);
    }
}
