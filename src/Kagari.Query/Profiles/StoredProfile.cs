using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>One profile as it was pushed, put together from its rows.</summary>
/// <param name="Identity">Its identity and time.</param>
/// <param name="Service">The service.</param>
/// <param name="DurationNanos">How long was sampled; 0 = unknown.</param>
/// <param name="Labels">What all its series have in common: the labels it was pushed with, without those of samples and types.</param>
public sealed record StoredProfile(RowIdentity Identity, string Service, long DurationNanos, LabelSet Labels);
