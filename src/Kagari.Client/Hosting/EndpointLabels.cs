using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Client;

/// <summary>The label of each endpoint, made once.</summary>
internal static class EndpointLabels
{
    private const string Name = "endpoint";

    /// <summary>An endpoint without a route takes away what another endpoint of the request set.</summary>
    private static readonly ProfileLabels None = ProfileLabels.Of((Name, ""));

    // Endpoints come and go with their data sources; labels go with them.
    private static readonly ConditionalWeakTable<Endpoint, ProfileLabels> Known = [];

    /// <summary>The label <c>endpoint</c> with the pattern of the route, with a slash at the beginning.</summary>
    public static ProfileLabels Of(Endpoint? endpoint) => endpoint is null ? None : Known.GetValue(endpoint, Make);

    private static ProfileLabels Make(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint { RoutePattern.RawText: { } pattern }) return None;
        return ProfileLabels.Of((Name, pattern.StartsWith('/') ? pattern : "/" + pattern));
    }
}
