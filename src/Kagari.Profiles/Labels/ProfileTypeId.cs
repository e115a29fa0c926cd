using System.Diagnostics.CodeAnalysis;

namespace Kagari.Profiles;

/// <summary>
/// The identity of a profile type: <c>name:sampleType:sampleUnit:periodType:periodUnit</c>, as
/// <c>process_cpu:cpu:nanoseconds:cpu:nanoseconds</c>. Parts may be empty (<c>memory:samples:bytes::</c>).
/// </summary>
public readonly record struct ProfileTypeId(
    string Name, string SampleType, string SampleUnit, string PeriodType, string PeriodUnit)
{
    /// <summary>Reads an id of five parts; a sixth (<c>:delta</c>) is accepted and ignored, as older clients send it.</summary>
    public static bool TryParse(string text, out ProfileTypeId id, [NotNullWhen(false)] out string? error)
    {
        var parts = text.Split(':');
        if (parts.Length is 5 or 6)
        {
            id = new ProfileTypeId(parts[0], parts[1], parts[2], parts[3], parts[4]);
            error = null;
            return true;
        }
        id = default;
        error = "profile-type selection must be of the form "
            + "<name>:<sample-type>:<sample-unit>:<period-type>:<period-unit>(:delta), "
            + $"got({parts.Length}): \"{text}\"";
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}:{SampleType}:{SampleUnit}:{PeriodType}:{PeriodUnit}";
}
