using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Configuration;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Querying;
using Kagari.Server.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Status;

/// <summary>What is configured: of the process, of single tenants, of the tenant that asks.</summary>
internal sealed partial class ConfigurationEndpoints(ServerOptions options, ILimitsProvider limits)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/status/config", http => TextAsync(http, EffectiveYaml.WriteMasked(options))).RequireAccess(Access.Server);
        routes.MapGet("/api/v1/status/config/diff", http => TextAsync(http, EffectiveYaml.WriteDifferences(options, isMasked: true))).RequireAccess(Access.Server);
        routes.MapGet("/api/v1/status/config/default", http => TextAsync(http, EffectiveYaml.Write(new ServerOptions()))).RequireAccess(Access.Server);
        routes.MapGet("/runtime_config", http => TextAsync(http, Overrides(onlyDifferences: http.Request.Query["mode"] == "diff"))).RequireAccess(Access.Server);
        routes.MapGet("/api/v1/tenant_limits", http => RenderEndpoints.RunAsync(http, TenantLimitsAsync)).RequireAccess(Access.Read);
    }

    /// <summary>The limits of tenants that have some of their own; with <c>mode=diff</c> only those.</summary>
    private string Overrides(bool onlyDifferences)
    {
        if (limits is not RuntimeOverrides { Tenants.Count: > 0 } overrides) return "overrides: {}\n";
        var text = new StringBuilder("overrides:\n");
        foreach (var (tenant, own) in overrides.Tenants.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            var yaml = onlyDifferences ? EffectiveYaml.WriteDifferences(own, options.Limits) : EffectiveYaml.Write(own);
            text.Append("  ").Append(YamlText.Quote(tenant)).Append(yaml.Length == 0 ? ": {}\n" : ":\n");
            foreach (var line in yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries)) text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The peer's names of limits, where there is such a limit; 0 where it has none.</summary>
    private async Task TenantLimitsAsync(HttpContext http)
    {
        var own = limits.For(TenantId.ForWrite(http, options.MultitenancyEnabled));
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            ingestion_rate = own.IngestionRateMb * 1024 * 1024,
            ingestion_burst_size = (long)(own.IngestionBurstSizeMb * 1024 * 1024),
            max_global_series_per_user = 0,
            max_label_name_length = own.MaxLabelNameLength,
            max_label_value_length = own.MaxLabelValueLength,
            max_label_names_per_series = own.MaxLabelNamesPerSeries,
            max_profile_size_bytes = own.MaxProfileSizeBytes,
            max_profile_stacktrace_samples = own.MaxProfileStacktraceSamples,
            max_flamegraph_nodes_default = own.MaxFlamegraphNodesDefault,
            max_flamegraph_nodes_max = own.MaxFlamegraphNodesMax,
            compactor_blocks_retention_period = (long)own.CompactorBlocksRetentionPeriod.TotalSeconds,
        }) + "\n", http.RequestAborted);
    }

    private static Task TextAsync(HttpContext http, string yaml)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(Credentials().Replace(yaml, "://***@"), http.RequestAborted);
    }

    /// <summary>Names and passwords in addresses; settings that are secrets are masked where they are written.</summary>
    [GeneratedRegex("://[^/\\s\"]+@", RegexOptions.None, 1000)]
    private static partial Regex Credentials();
}
