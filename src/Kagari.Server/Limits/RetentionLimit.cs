using Kagari.Query;

namespace Kagari.Server.Limits;

/// <summary>How long some series of a tenant are kept.</summary>
/// <param name="Selector">Which series.</param>
/// <param name="Period">How long; zero keeps them forever.</param>
public sealed record RetentionLimit(Selector Selector, TimeSpan Period);
