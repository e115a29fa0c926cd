using System.Text.Json;
using Kagari.Server.Metrics;

namespace Kagari.Server.Admin;

/// <summary>What tenants sent as JSON.</summary>
internal static class IngestJson
{
    public static void Write(Utf8JsonWriter json, IEnumerable<TenantRates> tenants)
    {
        json.WriteNumber("stepSeconds"u8, IngestRates.StepSeconds);
        json.WriteStartArray("tenants"u8);
        foreach (var tenant in tenants)
        {
            json.WriteStartObject();
            json.WriteString("tenant"u8, tenant.Tenant);
            Rate(json, "lastMinute"u8, tenant, 60);
            Rate(json, "lastFiveMinutes"u8, tenant, 300);
            Rate(json, "lastFifteenMinutes"u8, tenant, 900);
            json.WriteNumber("startMillis"u8, tenant.Start.ToUnixTimeMilliseconds());
            Numbers(json, "profiles"u8, tenant.Profiles);
            Numbers(json, "bytes"u8, tenant.Bytes);
            json.WriteStartArray("discarded"u8);
            foreach (var discards in tenant.Discards)
            {
                json.WriteStartObject();
                json.WriteString("reason"u8, discards.Reason);
                json.WriteNumber("count"u8, discards.Count);
                json.WriteNumber("bytes"u8, discards.Bytes);
                json.WriteNumber("lastMillis"u8, discards.LastAt.ToUnixTimeMilliseconds());
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Rate(Utf8JsonWriter json, ReadOnlySpan<byte> name, TenantRates tenant, int seconds)
    {
        var steps = seconds / IngestRates.StepSeconds;
        json.WriteStartObject(name);
        json.WriteNumber("profilesPerSecond"u8, tenant.Profiles.TakeLast(steps).Sum() / (double)seconds);
        json.WriteNumber("bytesPerSecond"u8, tenant.Bytes.TakeLast(steps).Sum() / (double)seconds);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, ReadOnlySpan<byte> name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
