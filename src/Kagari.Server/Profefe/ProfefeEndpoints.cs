using Kagari.Query;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Ingest;
using Kagari.Server.Ingest.Legacy;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Profefe;

/// <summary>The API of profefe (<c>/api/0</c>): its agents, kube-profefe and scripts work unchanged.</summary>
internal sealed class ProfefeEndpoints(ProfefeIntake intake, ProfefeReader reader)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/0/profiles", http => RunAsync(http, intake.PostAsync, givesProfile: false)).RequireAccess(Access.Write);
        routes.MapGet("/api/0/profiles", http => RunAsync(http, reader.ListAsync, givesProfile: false)).RequireAccess(Access.Read);
        routes.MapGet("/api/0/profiles/merge", http => RunAsync(http, reader.MergeAsync, givesProfile: true)).RequireAccess(Access.Read);
        routes.MapGet("/api/0/profiles/{**ids}", http => RunAsync(http, reader.GetAsync, givesProfile: true)).RequireAccess(Access.Read);
        routes.MapGet("/api/0/services", http => RunAsync(http, reader.ServicesAsync, givesProfile: false)).RequireAccess(Access.Read);
        routes.MapGet("/api/0/version", http => RunAsync(http, VersionAsync, givesProfile: false)).RequireAccess(Access.Read);
    }

    private static Task VersionAsync(HttpContext http) => ProfefeJson.WriteBodyAsync(http, json =>
    {
        json.WriteStartObject();
        json.WriteString("version", BuildInfo.Version);
        json.WriteString("commit", BuildInfo.Revision);
        json.WriteString("build_time", "");
        json.WriteString("go_version", BuildInfo.Runtime);
        json.WriteEndObject();
    });

    private static async Task RunAsync(HttpContext http, Func<HttpContext, Task> handler, bool givesProfile)
    {
        try
        {
            await handler(http);
        }
        catch (ProfefeException e)
        {
            await FailAsync(e.Status, e.Message);
        }
        catch (IngestFailure e)
        {
            await FailAsync(e.Status, e.Message);
        }
        catch (IngestException e)
        {
            await FailAsync(e.Code.HttpStatus(), e.Message);
        }
        catch (RpcException e)
        {
            await FailAsync(e.Code.HttpStatus(), e.Message);
        }
        catch (QueryTooLargeException e)
        {
            await FailAsync(RpcCode.ResourceExhausted.HttpStatus(), e.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = 499;
        }
        catch (IOException e)
        {
            await FailAsync(StatusCodes.Status503ServiceUnavailable, e.Message);
        }

        Task FailAsync(int status, string message) =>
            givesProfile && !http.Response.HasStarted && http.Request.Headers.UserAgent.ToString().StartsWith("Go-http-client/", StringComparison.Ordinal)
                ? ProfefeJson.WriteToolErrorAsync(http, status, message)
                : ProfefeJson.WriteErrorAsync(http, status, message);
    }
}
