using System.Text.Json;
using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Functions;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Querying;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Admin;

/// <summary><c>GET /api/v1/admin/…</c>: what operators see of storage, compaction, questions, intake, tenants and credentials.</summary>
internal sealed class AdminEndpoints(
    ServerOptions options, ILimitsProvider limits, EmbeddedStorage storage, ServerMetrics metrics, QueryLog queries, Authenticator? authenticator)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var tenants = new TenantAnswers(storage.Catalogue, limits);
        Add("blocks", new BlockAnswers(storage).Prepare);
        Add("compaction", (_, scope) => json => CompactionJson.Write(json, scope, storage.Compactor.Status(), storage.RecentJobs));
        Add("queries", (http, scope) =>
        {
            var limit = AdminParameters.Limit(http);
            return json => QueryLogJson.Write(json, queries.List().Where(q => q.Tenants.All(scope.Sees)).Take(limit));
        });
        Add("ingest", (_, scope) => json => IngestJson.Write(json, metrics.Rates.List().Where(t => scope.Sees(t.Tenant))));
        Add("tenants", (_, scope) => json => tenants.WriteTenants(json, scope));
        Add("retention", (_, scope) => json => tenants.WriteRetention(json, scope));
        Add("tokens", (_, scope) => json => TokenJson.Write(json, scope, options.Authentication, authenticator));

        // Parameters are read before the answer begins.
        void Add(string name, Func<HttpContext, AdminScope, Action<Utf8JsonWriter>> prepare) => routes.MapGet(
            $"/api/v1/admin/{name}",
            http => RenderEndpoints.RunAsync(http, async h => await FunctionResponse.WriteJsonAsync(h, prepare(h, AdminScope.Of(h, options.MultitenancyEnabled)))))
            .RequireAccess(Access.Operator);
    }
}
