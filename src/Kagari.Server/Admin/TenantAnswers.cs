using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Configuration;
using Kagari.Server.Limits;
using Kagari.Storage;

namespace Kagari.Server.Admin;

/// <summary>Tenants with what they have stored and may, and how long it is kept.</summary>
internal sealed class TenantAnswers(ICatalogue catalogue, ILimitsProvider limits)
{
    private static readonly TenantLimits s_defaults = new();

    public void WriteTenants(Utf8JsonWriter json, AdminScope scope)
    {
        var blocks = catalogue.Blocks().ToLookup(b => b.Tenant, StringComparer.Ordinal);
        var logs = catalogue.Segments().SelectMany(s => s.Datasets).ToLookup(d => d.Tenant, StringComparer.Ordinal);
        json.WriteStartArray("tenants"u8);
        foreach (var tenant in Known().Where(scope.Sees))
        {
            json.WriteStartObject();
            json.WriteString("tenant"u8, tenant);
            Time(json, "firstMillis"u8, catalogue.TimeRange(tenant)?.TimeNanosMin);
            Time(json, "lastMillis"u8, catalogue.TimeRange(tenant)?.TimeNanosMax);
            json.WriteNumber("services"u8, ServicesOf(blocks[tenant], logs[tenant]).Count);
            json.WriteNumber("blocks"u8, blocks[tenant].Count());
            json.WriteNumber("blockBytes"u8, blocks[tenant].Sum(b => b.Length));
            json.WriteNumber("logBytes"u8, logs[tenant].Sum(d => d.Sections.Sum(s => (long)s.StoredBytes)));
            json.WriteNumber("rows"u8, blocks[tenant].Where(b => !b.IsRollup).SelectMany(b => b.Datasets).Sum(d => (long)d.RowCount) + logs[tenant].Sum(d => (long)d.RowCount));
            json.WriteStartObject("limits"u8);
            var own = limits.For(tenant);
            foreach (var setting in LimitSettings.All.Where(s => s.Key is not null && s.Format(own) != s.Format(s_defaults)).OrderBy(s => s.Key, StringComparer.Ordinal))
                json.WriteString(setting.Key!, setting.Format(own));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public void WriteRetention(Utf8JsonWriter json, AdminScope scope)
    {
        var blocks = catalogue.Blocks().ToLookup(b => b.Tenant, StringComparer.Ordinal);
        var logs = catalogue.Segments().SelectMany(s => s.Datasets).ToLookup(d => d.Tenant, StringComparer.Ordinal);
        json.WriteStartArray("tenants"u8);
        foreach (var tenant in Known().Where(scope.Sees))
        {
            var own = limits.For(tenant);
            json.WriteStartObject();
            json.WriteString("tenant"u8, tenant);
            json.WriteNumber("seconds"u8, own.CompactorBlocksRetentionPeriod.TotalSeconds);
            json.WriteNumber("rollupSeconds"u8, own.RollupRetentionPeriod.TotalSeconds);
            json.WriteNumber("bytesMax"u8, own.RetentionBytesMax);
            json.WriteStartArray("rules"u8);
            foreach (var rule in own.RetentionRules) Rule(json, rule);
            json.WriteEndArray();
            json.WriteStartArray("services"u8);
            foreach (var service in ServicesOf(blocks[tenant], logs[tenant])) Service(json, service, own);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>
    /// The first rule that matches a series counts. One about the service alone ends the list; those before it that ask for
    /// other labels too hold for some of its series.
    /// </summary>
    private static void Service(Utf8JsonWriter json, string service, TenantLimits own)
    {
        var period = own.CompactorBlocksRetentionPeriod;
        var some = new List<RetentionLimit>();
        foreach (var rule in own.RetentionRules.Where(r => r.Selector.MayMatchService(service)))
        {
            if (!rule.Selector.Matchers.All(m => m.Name is LabelNames.ServiceName or LabelNames.PrivateServiceName))
            {
                some.Add(rule);
                continue;
            }
            period = rule.Period;
            break;
        }
        json.WriteStartObject();
        json.WriteString("service"u8, service);
        json.WriteNumber("seconds"u8, period.TotalSeconds);
        json.WriteStartArray("someSeries"u8);
        foreach (var rule in some) Rule(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Rule(Utf8JsonWriter json, RetentionLimit rule)
    {
        json.WriteStartObject();
        json.WriteString("selector"u8, rule.Selector.ToString());
        json.WriteNumber("seconds"u8, rule.Period.TotalSeconds);
        json.WriteEndObject();
    }

    /// <summary>Those with data, and those with limits of their own.</summary>
    private IEnumerable<string> Known() =>
        catalogue.Tenants().Concat(limits is RuntimeOverrides overrides ? overrides.Tenants.Keys : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static List<string> ServicesOf(IEnumerable<BlockEntry> blocks, IEnumerable<DatasetEntry> logs) =>
        [.. blocks.SelectMany(b => b.Datasets).Select(d => d.Service).Concat(logs.Select(d => d.Service)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? nanos)
    {
        if (nanos is { } known) json.WriteNumber(name, known / 1_000_000);
        else json.WriteNull(name);
    }
}
