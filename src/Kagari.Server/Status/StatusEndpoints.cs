using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Metrics;
using Kagari.Server.Routing;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Server.Ui;
using Kagari.Storage;
using Kagari.Wire.Capabilities;
using Kagari.Wire.Health;
using Kagari.Wire.Version;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Status;

/// <summary>What operators and probes ask: readiness, metrics, version, and a page for people.</summary>
internal sealed class StatusEndpoints(
    QueryEngine engine, ICatalogue catalogue, ServerMetrics metrics, Readiness readiness, ServerOptions options, TimeProvider time)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ready", Ready).RequireAccess(Access.Public);
        routes.MapGet("/metrics", http =>
        {
            http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            return http.Response.WriteAsync(metrics.Write(), http.RequestAborted);
        }).RequireAccess(options.Authentication.PublicMetrics ? Access.Public : Access.Server);
        routes.MapGet("/api/v1/status/buildinfo", BuildInfoAsync).RequireAccess(Access.Public);
        routes.MapRpc<VersionRequest, VersionResponse>("/version.v1.Version/Version", (_, _, _) => ValueTask.FromResult(new VersionResponse { QuerierAPI = 1 })).RequireAccess(Access.Public);
        routes.MapRpc<GetFeatureFlagsRequest, GetFeatureFlagsResponse>("/capabilities.v1.FeatureFlagsService/GetFeatureFlags", FeatureFlags).RequireAccess(Access.Read);
        routes.MapRpc<HealthCheckRequest, HealthCheckResponse>("/grpc.health.v1.Health/Check", Health).RequireAccess(Access.Public);
        routes.MapGet("/api/swagger.json", http =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(OpenApi.Write(options.PathPrefix), http.RequestAborted);
        }).RequireAccess(Access.Public);
        routes.MapGet("/status", StatusPageAsync).RequireAccess(Access.Known);
    }

    private Task Ready(HttpContext http)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        if (readiness.IsReady) return http.Response.WriteAsync("ready\n", http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync("Some services are not Running: the server is starting or stopping\n", http.RequestAborted);
    }

    /// <summary>What user interfaces may rely on, by name, under the peer's names.</summary>
    private ValueTask<GetFeatureFlagsResponse> FeatureFlags(RpcContext call, GetFeatureFlagsRequest request, CancellationToken cancellation)
    {
        _ = TenantId.ForRead(call.HttpContext, options.MultitenancyEnabled);
        var flags = new GetFeatureFlagsResponse();
        // A rule that nothing is exported of would be a promise.
        var hasRules = options.RecordingRulesEnabled && options.MetricsExporter.Enabled;
        flags.FeatureFlags.Add(new FeatureFlag { Name = "pyroscopeRuler", Enabled = hasRules, Description = "Recording rules that become metrics." });
        flags.FeatureFlags.Add(new FeatureFlag { Name = "pyroscopeRulerFunctions", Enabled = hasRules, Description = "Recording rules of single functions." });
        flags.FeatureFlags.Add(new FeatureFlag { Name = "utf8LabelNames", Enabled = false, Description = "Label names beyond letters, digits and '_' in every answer; asked for by the Accept header until then." });
        flags.FeatureFlags.Add(new FeatureFlag { Name = "v2StorageLayer", Enabled = true, Description = "Queries of the second storage generation are answered." });
        return ValueTask.FromResult(flags);
    }

    private ValueTask<HealthCheckResponse> Health(RpcContext call, HealthCheckRequest request, CancellationToken cancellation) =>
        // The whole server is asked for with an empty name; single services have no state of their own.
        request.Service.Length > 0 && !KnownServices.Contains(request.Service)
            ? throw new RpcException(RpcCode.NotFound, $"unknown service '{request.Service}'")
            : ValueTask.FromResult(new HealthCheckResponse { Status = readiness.IsReady ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing });

    private static readonly HashSet<string> KnownServices = new(StringComparer.Ordinal)
    {
        "push.v1.PusherService", "querier.v1.QuerierService", "adhocprofiles.v1.AdHocProfileService", "settings.v1.SettingsService", "settings.v1.RecordingRulesService",
        "opentelemetry.proto.collector.profiles.v1development.ProfilesService", "debuginfo.v1alpha1.DebuginfoService", "vcs.v1.VCSService",
    };

    private static Task BuildInfoAsync(HttpContext http)
    {
        var info = new
        {
            status = "success",
            data = new
            {
                version = BuildInfo.Version,
                revision = BuildInfo.Revision,
                branch = "",
                buildUser = "",
                buildDate = "",
                goVersion = BuildInfo.Runtime,
            },
        };
        var pretty = http.Request.Headers.Accept.ToString().Contains("application/json+pretty", StringComparison.OrdinalIgnoreCase);
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(info, pretty ? Indented : null) + "\n", http.RequestAborted);
    }

    private async Task StatusPageAsync(HttpContext http)
    {
        var tenants = new List<TenantStatus>();
        var caller = http.Features.Get<Identity>();
        foreach (var tenant in catalogue.Tenants().Where(t => caller is null || (caller.Scopes.HasFlag(Scopes.Read) && caller.Tenants.Contains(t))))
        {
            var query = new SeriesQuery([tenant], long.MinValue, long.MaxValue, Selector.All);
            var series = await engine.SeriesAsync(query, http.RequestAborted);
            var services = series
                .GroupBy(s => s[LabelNames.ServiceName], StringComparer.Ordinal)
                .OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => (s.Key, (IReadOnlyList<string>)[.. s.Select(l => l[LabelNames.ProfileType]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
            tenants.Add(new TenantStatus(tenant, catalogue.TimeRange(tenant), [.. services]));
        }
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(StatusPage.Render(tenants, options.PathPrefix, hasUi: (options.UiBundle ?? UiBundle.Embedded).Shell is not null, time.GetUtcNow()), http.RequestAborted);
    }
}

/// <summary>What a tenant has stored.</summary>
internal sealed record TenantStatus(
    string Tenant, (long TimeNanosMin, long TimeNanosMax)? TimeRange, IReadOnlyList<(string Service, IReadOnlyList<string> ProfileTypes)> Services);
