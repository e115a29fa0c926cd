using Microsoft.AspNetCore.Builder;

namespace Kagari.Server.Authentication.Enforcement;

/// <summary>Metadata of an endpoint: who may call it. Every endpoint has it; a test looks.</summary>
internal sealed record RequiredAccess(Access Access);

/// <summary>Puts <see cref="RequiredAccess"/> on endpoints.</summary>
internal static class RequiredAccessExtensions
{
    /// <summary>Says who may call this endpoint where authentication is on.</summary>
    public static TBuilder RequireAccess<TBuilder>(this TBuilder endpoint, Access access)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new RequiredAccess(access)));
        return endpoint;
    }
}
