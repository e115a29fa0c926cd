namespace Kagari.Server.Authentication;

/// <summary>Who asks. A feature of the request once that is known.</summary>
/// <param name="Name">For logs; never the secret.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Tenants">With whose data.</param>
internal sealed record Identity(string Name, Scopes Scopes, TenantSet Tenants);
