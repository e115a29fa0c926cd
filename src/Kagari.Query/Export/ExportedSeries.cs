using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>What all samples of one series have in common. One object per series and dataset, so writers may keep what they made of it.</summary>
public sealed class ExportedSeries
{
    /// <summary>Sorts the labels of a stored series.</summary>
    public ExportedSeries(LabelSet stored)
    {
        Type = ProfileTypeId.TryParse(stored[LabelNames.ProfileType], out var type, out _) ? type : new ProfileTypeId("", "", "", "", "");
        ServiceName = stored[LabelNames.ServiceName];
        Labels = [.. stored.Where(l => !l.Name.StartsWith("__", StringComparison.Ordinal) && l.Name != LabelNames.ServiceName)];
    }

    /// <summary>The profile type.</summary>
    public ProfileTypeId Type { get; }

    /// <summary>The service.</summary>
    public string ServiceName { get; }

    /// <summary>The other labels, by name, without those of the server's own.</summary>
    public IReadOnlyList<Label> Labels { get; }
}
