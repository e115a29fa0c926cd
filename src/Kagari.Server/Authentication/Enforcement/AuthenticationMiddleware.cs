using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Authentication.Enforcement;

/// <summary>The one place that decides who gets through to which route. Runs after routing has chosen, before the route.</summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, Authenticator authenticator, RefusalLog log, bool multitenancy)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // What is no route (404, 405) tells nothing and does nothing.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }
        // A route that forgot to say is for administrators: a mistake must not open a door.
        var access = endpoint.Metadata.GetMetadata<RequiredAccess>()?.Access ?? Access.Admin;
        if (access == Access.Public)
        {
            await next(http);
            return;
        }
        var (identity, refusal) = await authenticator.AuthenticateAsync(http);
        if (identity is not null) refusal = Authorization.Check(http, identity, access, multitenancy);
        if (refusal is not null)
        {
            log.Add(http, refusal, identity);
            await RefusalWriter.WriteAsync(http, refusal);
            return;
        }
        http.Features.Set(identity);
        await next(http);
    }
}
