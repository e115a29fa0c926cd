using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>A stored profile with what of it a question is about.</summary>
/// <param name="Profile">The profile; its labels are those that all its selected series have.</param>
/// <param name="Total">Value of its stacks that count.</param>
public sealed record ProfileTotal(StoredProfile Profile, long Total);
