using System.Diagnostics.CodeAnalysis;
using Kagari.Profiles;
using Kagari.Server.Limits;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>A speedscope file as an upload: each of its profiles becomes one of ours, with its name as a label.</summary>
/// <remarks>
/// All profiles are decoded before the first is taken, so a file with a fault leaves nothing. One that a limit of the
/// tenant refuses after others were taken leaves those: sent again they are the same rows.
/// </remarks>
internal static class SpeedscopeUpload
{
    /// <summary>Label with the name that a profile has in its file, as the peer calls it.</summary>
    private const string ProfileName = "profile_name";

    /// <summary>Takes the profiles of a file; false where it is none.</summary>
    /// <exception cref="IngestException">A profile is not taken.</exception>
    public static bool TryTake(
        Distributor distributor, string tenant, IngestRequest request, ReadOnlyMemory<byte> json, long receivedBytes, IngestScratch scratch, TenantLimits limits,
        [NotNullWhen(true)] out Task? done, out ProfileError error)
    {
        done = null;
        if (!SpeedscopeReader.TryOpen(json, out var reader, out error)) return false;
        using (reader)
        {
            var decode = limits.ToDecodeLimits();
            if (reader.Profiles.Count > 1)
            {
                foreach (var profile in reader.Profiles)
                    if (!reader.TryRead(profile, scratch.Profile, decode, out error)) return false;
            }
            var tasks = new List<Task>();
            var hash = XxHash64.Of(json.Span);
            foreach (var (index, profile) in reader.Profiles.Index())
            {
                if (!reader.TryRead(profile, scratch.Profile, decode, out error)) return false;
                if (scratch.Profile.Samples.Count == 0) continue;
                var (service, type) = TypeOf(request.Name.Service, profile.Unit, reader.Profiles.Count > 1);
                // Time is in nanoseconds already: as counts of a clock of 1 GHz they stay what they are.
                type.ApplyTo(scratch.Profile, profile.Unit == SpeedscopeUnit.None ? request.SampleRate : 1_000_000_000);
                scratch.Profile.TimeNanos = request.FromNanos;
                scratch.Profile.DurationNanos = Math.Max(0, request.UntilNanos - request.FromNanos);
                var labels = request.ToLabels(type.Family, service, appNameLabel: "app_name");
                if (profile.Name.Length > 0 && labels[ProfileName].Length == 0) labels = labels.With(ProfileName, profile.Name);
                tasks.Add(distributor.Take(
                    tenant, labels, scratch, json.Length / reader.Profiles.Count, receivedBytes / reader.Profiles.Count,
                    XxHash64.Mix(hash, XxHash64.Mix((ulong)request.UntilNanos, ((ulong)(uint)request.SampleRate << 32) | (uint)index)), limits));
            }
            done = Task.WhenAll(tasks);
            return true;
        }
    }

    /// <summary>
    /// Service and type: the unit decides, and the last dotted part of the app name where it fits the unit. As with the
    /// peer, times are CPU where a file has one profile and wall time where it has several; unlike there, a name with
    /// another last part is a service and no error.
    /// </summary>
    private static (string Service, TextProfileType Type) TypeOf(string app, SpeedscopeUnit unit, bool isOneOfMany)
    {
        var hasDot = app.Contains('.', StringComparison.Ordinal);
        var isKnown = TextProfileType.TrySplit(app, out var service, out var named) && hasDot;
        if (isKnown && (unit == SpeedscopeUnit.None || (unit == SpeedscopeUnit.Nanoseconds ? named.IsTime : named.SampleUnit == "bytes"))) return (service, named);
        TextProfileType.TrySplit(unit == SpeedscopeUnit.Bytes ? ".bytes" : unit == SpeedscopeUnit.Nanoseconds && isOneOfMany ? ".wall" : ".cpu", out _, out var chosen);
        return (app, chosen);
    }
}
