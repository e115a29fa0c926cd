using Kagari.Query;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Functions;
using Kagari.Server.Hosting;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Retention;

/// <summary><c>POST /api/v1/delete</c>: deletes profiles, or counts those that would go. Written up in docs/guide/retention.md.</summary>
internal sealed class DeletionEndpoint(Compactor compactor, ServerOptions options, QueryScopes scopes, TimeProvider time)
{
    private const int Status507 = StatusCodes.Status507InsufficientStorage;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/delete", http => RenderEndpoints.RunAsync(http, DeleteAsync)).RequireAccess(Access.Admin);

    private async Task DeleteAsync(HttpContext http)
    {
        var tenant = TenantId.ForWrite(http, options.MultitenancyEnabled);
        var parameters = await FunctionParameters.ReadAsync(http, scopes.Of(http));
        var isDryRun = Switch(parameters, "dryRun");
        var request = Request(tenant, parameters);
        try
        {
            var result = await compactor.DeleteAsync(request, isDryRun, http.RequestAborted);
            await FunctionResponse.WriteJsonAsync(http, json => DeletionJson.Write(json, request, result, isDryRun));
        }
        catch (StorageFullException e)
        {
            await HttpErrors.WriteAsync(http, Status507, e.Message, RpcCode.ResourceExhausted);
        }
        catch (IOException e)
        {
            throw new RpcException(RpcCode.Unavailable, e.Message, e);
        }
    }

    private DeletionRequest Request(string tenant, FunctionParameters parameters)
    {
        var selector = Selector(parameters);
        var now = time.GetUtcNow();
        var (min, _) = DeletionTime.Parse("from", parameters.Required("from"), now);
        var (until, precision) = DeletionTime.Parse("until", parameters.Optional("until") ?? "now", now);
        // All of the second or millisecond that is named belongs to the range, as in a query.
        var max = until > long.MaxValue - precision ? long.MaxValue : until + precision - 1;
        if (min > max) throw Invalid($"\"from\" ({parameters.Required("from")}) lies after \"until\" ({parameters.Optional("until") ?? "now"})");
        return new DeletionRequest(tenant, selector.ToString(), selector.Matches, min, max) { MayMatchService = selector.MayMatchService };
    }

    /// <summary>What is to go; to delete everything needs a word of its own, so that a forgotten or empty variable deletes nothing.</summary>
    private static Selector Selector(FunctionParameters parameters)
    {
        var all = Switch(parameters, "all");
        var text = parameters.Optional("query");
        if (text is null) return all ? Query.Selector.All : throw Invalid("\"query\" is required: a selector such as {service_name=\"cart\"}, or all=true for everything");
        if (!SeriesSelectors.TryParse(text, out var selector, out var error)) throw Invalid($"\"query\": {error}");
        if (selector.Matchers.Count == 0 && !all) throw Invalid($"\"query\" is '{text}', which matches everything; say so with all=true");
        if (selector.Matchers.Count > 0 && all) throw Invalid($"\"all\" is true and \"query\" is '{text}'; one of both must go");
        return selector;
    }

    private static bool Switch(FunctionParameters parameters, string name) => parameters.Optional(name) switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        var text => throw Invalid($"\"{name}\" is '{text}'; expected true or false"),
    };

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
