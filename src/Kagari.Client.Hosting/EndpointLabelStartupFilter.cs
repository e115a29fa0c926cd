using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Kagari.Client.Hosting;

/// <summary>Puts <see cref="EndpointLabelMiddleware"/> before everything else of a web application.</summary>
internal sealed class EndpointLabelStartupFilter : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application => next(EndpointLabelMiddleware.Use(application));
}
