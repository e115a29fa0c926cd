using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kagari.Client.Hosting;

/// <summary>Holds the endpoint of a request, and labels the flow that sets it.</summary>
internal sealed class EndpointLabelFeature(HttpContext context, IEndpointFeature? inner) : IEndpointFeature
{
    private Endpoint? _endpoint = inner?.Endpoint;

    /// <inheritdoc/>
    public Endpoint? Endpoint
    {
        get => _endpoint;
        set
        {
            // What hosts the request may look at its own feature.
            if (inner is not null) inner.Endpoint = value;
            if (ReferenceEquals(_endpoint, value)) return;
            _endpoint = value;
            Label();
        }
    }

    /// <summary>Takes the place of the feature that was there.</summary>
    public void Begin()
    {
        context.Features.Set<IEndpointFeature>(this);
        if (_endpoint is not null) Label();
    }

    /// <summary>Gives the place back.</summary>
    public void End()
    {
        if (inner is not null) context.Features.Set(inner);
    }

    private void Label()
    {
        var label = EndpointLabels.Of(_endpoint);
        CurrentLabels.SetTable(label.Labels.Over(CurrentLabels.Table));
        if (label.Route is { } route) CurrentLabels.Value?.Span?.SetRequest(context.Request.Method, route);
    }
}
