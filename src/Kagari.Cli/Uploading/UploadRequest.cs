using System.Globalization;
using Google.Protobuf;
using Kagari.Profiles;
using Kagari.Wire.Push;
using Kagari.Wire.Types;

namespace Kagari.Cli.Uploading;

/// <summary>What all files of one upload have in common.</summary>
/// <param name="Service">The service.</param>
/// <param name="Labels">Further labels.</param>
/// <param name="TimeNanos">Time that profiles get; null keeps theirs.</param>
/// <param name="NowNanos">The time now, for profiles that have none to keep.</param>
/// <param name="TextType">What values of folded text are, as <c>cpu</c>.</param>
/// <param name="SampleRate">Samples a second of folded text and of JFR.</param>
internal sealed record UploadRequest(
    string Service, IReadOnlyList<(string Name, string Value)> Labels, long? TimeNanos, long NowNanos, string TextType, int SampleRate)
{
    /// <summary>The client as series show it.</summary>
    private const string Spy = "kagari";

    /// <summary>Label with the name of one of several profiles of a file.</summary>
    private const string ProfileName = "profile_name";

    /// <summary>The labels of a pprof's series; what the caller gives wins over what is chosen.</summary>
    public IReadOnlyList<(string Name, string Value)> LabelsOf(ProfileFile file)
    {
        var types = Enumerable.Range(0, file.Profile.SampleTypes.Count).Select(i => file.TypeOf(i).Type).ToList();
        (string, string)[] chosen =
        [
            (LabelNames.Name, file.Family.Length > 0 ? file.Family : ProfileFamily.Of(types)), (LabelNames.ServiceName, Service), (LabelNames.Delta, "false"), (LabelNames.Spy, Spy),
            .. file.ProfileName.Length > 0 ? [(ProfileName, file.ProfileName)] : Array.Empty<(string, string)>(),
        ];
        return [.. Labels, .. chosen.Where(c => !Labels.Any(l => l.Name == c.Item1))];
    }

    /// <summary>A push of one pprof.</summary>
    public PushRequest PushOf(ProfileFile file)
    {
        var series = new RawProfileSeries();
        series.Labels.AddRange(LabelsOf(file).Select(l => new LabelPair { Name = l.Name, Value = l.Value }));
        var pprof = TimeNanos is { } time ? PprofStamp.Apply(file.Bytes, time) : file.Bytes;
        series.Samples.Add(new RawSample { RawProfile = UnsafeByteOperations.UnsafeWrap(pprof) });
        return new PushRequest { Series = { series } };
    }

    /// <summary>Path and query of <c>/ingest</c> for folded text.</summary>
    /// <exception cref="CommandFailedException">The endpoint's syntax, which has no quoting, cannot say a label.</exception>
    public string IngestPath() => IngestPath("folded text", $"{Service}.{TextType}", TimeNanos ?? NowNanos, 0, "folded");

    /// <summary>Path and query of <c>/ingest</c> for a JFR recording.</summary>
    /// <exception cref="CommandFailedException">The endpoint's syntax, which has no quoting, cannot say a label.</exception>
    public string IngestPath(JfrFile file) => IngestPath("JFR", Service, TimeNanos ?? file.TimeNanos, file.DurationNanos, "jfr");

    private string IngestPath(string what, string app, long fromNanos, long durationNanos, string format)
    {
        foreach (var (name, value) in Labels)
        {
            if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') || value.AsSpan().IndexOfAny(",}") >= 0)
                throw CommandFailedException.Usage($"--label {name}={value}: {what} goes to /ingest, whose names take letters, digits, '_' and '.', and whose values take no ',' or '}}'");
        }
        var labels = string.Join(",", Labels.Select(l => $"{l.Name}={l.Value}"));
        var target = app + (labels.Length > 0 ? $"{{{labels}}}" : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"/ingest?name={Uri.EscapeDataString(target)}&from={fromNanos}&until={Saturating.Add(fromNanos, durationNanos)}&format={format}&spyName={Spy}&sampleRate={SampleRate}");
    }
}
