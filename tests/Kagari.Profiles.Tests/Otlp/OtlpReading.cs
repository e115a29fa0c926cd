using Kagari.Testing;

namespace Kagari.Profiles.Tests.Otlp;

/// <summary>Reads whole requests and draws what comes out: a line per profile and service.</summary>
internal static class OtlpReading
{
    public static string Draw(this OtlpRequest request, DecodeLimits? limits = null) => Draw(request.ToBytes(), limits);

    /// <summary><c>service family type:unit:periodType:periodUnit samples</c>, or <c>! why</c>.</summary>
    public static string Draw(byte[] request, DecodeLimits? limits = null)
    {
        var reader = new OtlpReader();
        if (!reader.TryOpen(request, limits ?? DecodeLimits.Default, out var error)) return $"!! {error.Message}";
        var profile = new FlatProfile();
        var lines = new List<string>();
        while (reader.MoveNext(profile, out error)) lines.Add(error.IsError ? $"! {error.Message}" : Line(reader.Labels, profile));
        return string.Join("\n", lines);
    }

    /// <summary>The profiles of a request, in order; all must be good.</summary>
    public static List<(LabelSet Labels, FlatProfile Profile)> Read(this OtlpRequest request)
    {
        var reader = new OtlpReader();
        reader.TryOpen(request.ToBytes(), DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        var all = new List<(LabelSet, FlatProfile)>();
        for (var profile = new FlatProfile(); reader.MoveNext(profile, out error); profile = new FlatProfile())
        {
            error.Message.ShouldBeNull();
            all.Add((reader.Labels, profile));
        }
        return all;
    }

    private static string Line(LabelSet labels, FlatProfile profile)
    {
        var type = profile.SampleTypes[0];
        var types = string.Join(':', new[] { type.Type, type.Unit, profile.PeriodType.Type, profile.PeriodType.Unit }.Select(profile.GetString));
        return $"{labels[LabelNames.ServiceName]} {labels[LabelNames.Name]} {types} {Drawings.Draw(profile)}".TrimEnd();
    }
}
