using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Client.Hosting;

/// <summary>The label of each endpoint, made once.</summary>
internal static class EndpointLabels
{
    private const string Name = "endpoint";

    /// <summary>An endpoint without a route takes away what another endpoint of the request set.</summary>
    private static readonly EndpointLabel None = new(ProfileLabels.Of((Name, "")), Route: null);

    // Endpoints come and go with their data sources; labels go with them.
    private static readonly ConditionalWeakTable<Endpoint, EndpointLabel> Known = [];

    /// <summary>The label <c>endpoint</c> with the pattern of the route, with a slash at the beginning.</summary>
    public static EndpointLabel Of(Endpoint? endpoint) => endpoint is null ? None : Known.GetValue(endpoint, Make);

    private static EndpointLabel Make(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint { RoutePattern.RawText: { } pattern }) return None;
        var route = pattern.StartsWith('/') ? pattern : "/" + pattern;
        return new EndpointLabel(ProfileLabels.Of((Name, route)), route);
    }

    /// <summary>What an endpoint gives its requests.</summary>
    /// <param name="Labels">The label, or what takes it away.</param>
    /// <param name="Route">The pattern of the route; null for none.</param>
    internal sealed record EndpointLabel(ProfileLabels Labels, string? Route);
}
