namespace Kagari.Profiles;

/// <summary>One profile of a speedscope file, or several that belong together: their samples add up.</summary>
/// <param name="Name">Its name in the file; empty where it has none.</param>
/// <param name="Unit">What its values are.</param>
/// <param name="Parts">Which profiles of the file it is made of.</param>
public sealed record SpeedscopeProfile(string Name, SpeedscopeUnit Unit, IReadOnlyList<int> Parts);
