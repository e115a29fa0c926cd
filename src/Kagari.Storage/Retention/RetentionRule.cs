using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>How long some series of a tenant are kept: those of a service, a profile type, an environment.</summary>
/// <param name="Matches">Which series.</param>
/// <param name="Period">How long; zero keeps them forever.</param>
public sealed record RetentionRule(Func<LabelSet, bool> Matches, TimeSpan Period);
