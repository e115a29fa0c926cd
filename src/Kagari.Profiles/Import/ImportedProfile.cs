namespace Kagari.Profiles;

/// <summary>A profile of a file.</summary>
/// <param name="Name">Its name among those of the file; empty where it is the only one and has none.</param>
/// <param name="Profile">The profile, with sample types.</param>
public sealed record ImportedProfile(string Name, FlatProfile Profile)
{
    /// <summary>The family (<c>__name__</c>) that the form says; empty where the sample types do, see <see cref="ProfileFamily"/>.</summary>
    public string Family { get; init; } = "";

    /// <summary>What the file lacks, for people: its end, events that were lost. Of the whole file, so that all its profiles have the same.</summary>
    public IReadOnlyList<string> Diagnostics { get; init; } = [];
}
