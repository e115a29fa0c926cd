using Kagari.Client;
using Kagari.Client.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Places what labels requests.</summary>
public static class EndpointLabelExtensions
{
    /// <summary>From here on, requests have the label <c>endpoint</c>: the pattern of their route, such as <c>/car/{id}</c>. Before or after routing; twice counts once.</summary>
    /// <remarks>Only for an application that leaves <see cref="KagariOptions.EndpointLabel"/> off, or labels a branch of its pipeline. Requests without a route get no label.</remarks>
    public static IApplicationBuilder UseKagariEndpointLabel(this IApplicationBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        return EndpointLabelMiddleware.Use(application);
    }
}
