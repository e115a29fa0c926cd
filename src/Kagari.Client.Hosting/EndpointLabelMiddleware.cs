using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kagari.Client.Hosting;

/// <summary>Gives what a request does the label <c>endpoint</c>: the pattern of its route, such as <c>/car/{id}</c>.</summary>
/// <remarks>
/// <para>A filter runs before routing, where no endpoint is known yet, and what is placed after it never runs where an
/// endpoint answers. So the middleware puts a feature of its own in the place of the one that holds the endpoint: routing
/// tells it the endpoint, in the flow that goes on to the endpoint, and the label is set right there.</para>
/// <para>Requests without an endpoint, or with one without a route, get no label: paths are without number. While nothing is
/// profiled, requests pass by.</para>
/// </remarks>
internal sealed class EndpointLabelMiddleware(RequestDelegate next)
{
    /// <summary>Places it, without the reflection that finding a middleware by its type takes.</summary>
    public static IApplicationBuilder Use(IApplicationBuilder application) => application.Use(static next => new EndpointLabelMiddleware(next).InvokeAsync);

    /// <summary>Answers the request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var holder = context.Features.Get<IEndpointFeature>();
        // Nobody looks, or nobody wants it; or it is placed twice.
        if (!ThreadLabels.IsRecording || holder is EndpointLabelFeature || KagariProfiler.Current?.Options.EndpointLabel == false) return next(context);
        return InvokeAsync(context, new EndpointLabelFeature(context, holder));
    }

    // What an asynchronous method sets in its flow ends with it: no label comes to the next request of the connection.
    private async Task InvokeAsync(HttpContext context, EndpointLabelFeature feature)
    {
        feature.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            feature.End();
        }
    }
}
