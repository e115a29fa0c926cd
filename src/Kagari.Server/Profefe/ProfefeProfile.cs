using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Profefe;

/// <summary>What is told of a stored profile or trace.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Type">One of <see cref="ProfefeType"/>.</param>
/// <param name="Service">The service.</param>
/// <param name="Labels">Sorted by key.</param>
/// <param name="TimeNanos">Its time, nanoseconds since 1970.</param>
internal sealed record ProfefeProfile(ProfefeId Id, string Type, string Service, IReadOnlyList<Label> Labels, long TimeNanos)
{
    public static ProfefeProfile Of(StoredProfile profile) => new(
        ProfefeId.Of(profile.Identity), ProfefeType.OfFamily(profile.Labels[LabelNames.Name]), profile.Service,
        ProfefeLabels.OfSeries(profile.Labels), profile.Identity.TimeNanos);
}
