using System.Globalization;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Limits;

namespace Kagari.Server.Ingest.Admission;

/// <summary>What is remembered of a profile that stands for others that were left out: charts mark its time.</summary>
/// <remarks>
/// An annotation is a private label of the series, so it is stored, compacted and rolled up as series are; answers give
/// it as an annotation and never as a label. Keys and values are those that Grafana's data source reads.
/// </remarks>
internal static class Annotation
{
    public const string Throttled = "pyroscope.ingest.throttled", Sampled = "pyroscope.ingest.sampled";

    /// <summary>A tenant or a usage group has reached its limit, and this profile was let through.</summary>
    public static Label ThrottledBy(IngestionLimit limit, string? group, double limitMb) => ToLabel(Throttled, json =>
    {
        json.WriteString("periodType", limit.PeriodType);
        json.WriteNumber("periodLimitMb", limitMb);
        json.WriteNumber("limitResetTime", limit.ResetTimeSeconds);
        json.WriteNumber("samplingPeriodSec", (long)limit.SamplingPeriod.TotalSeconds);
        json.WriteNumber("samplingRequests", limit.SamplingRequests);
        json.WriteString("usageGroup", group ?? "");
    });

    /// <summary>Only a part of the profiles of a usage group is kept, and this is one of them.</summary>
    public static Label SampledBy(string group, double probability) => ToLabel(Sampled, json =>
    {
        json.WriteStartObject("source");
        json.WriteString("usageGroup", group);
        json.WriteNumber("probability", probability);
        json.WriteEndObject();
    });

    private static Label ToLabel(string key, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("body");
            write(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return new Label(AnnotationLabels.NameOf(key), System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    /// <summary>A time as messages tell it.</summary>
    public static string Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253_402_300_799)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
