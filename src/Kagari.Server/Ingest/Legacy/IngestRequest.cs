using System.Globalization;
using Kagari.Profiles;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>The parameters of an <c>/ingest</c> request.</summary>
internal sealed record IngestRequest(AppName Name, long FromNanos, long UntilNanos, int SampleRate, string Spy, IngestFormat Format)
{
    private const int SampleRateDefault = 100;

    /// <exception cref="FormatException">The name cannot be read.</exception>
    public static IngestRequest Of(HttpRequest http, DateTimeOffset now)
    {
        var query = http.Query;
        var rate = query["sampleRate"].ToString();
        var spy = query["spyName"].ToString();
        return new IngestRequest(
            AppName.Parse(query["name"].ToString()),
            AtTime.ParseNanos(query["from"], now),
            AtTime.ParseNanos(query["until"], now),
            int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : SampleRateDefault,
            spy.Length == 0 ? "unknown" : spy,
            IngestFormats.Of(query["format"].ToString(), http.ContentType ?? ""));
    }

    /// <summary>The labels that every series of the upload gets.</summary>
    /// <param name="family">Becomes <c>__name__</c>.</param>
    /// <param name="service">The service; one among the name's labels takes its place.</param>
    /// <param name="appNameLabel">Where the name's labels bring a service: the label that keeps <paramref name="service"/>, or null.</param>
    public LabelSet ToLabels(string family, string service, string? appNameLabel)
    {
        var labels = new List<Label> { new(LabelNames.Name, family), new(LabelNames.Delta, "false"), new(LabelNames.Spy, Spy) };
        labels.AddRange(Name.Labels.Where(l => !l.Name.StartsWith("__", StringComparison.Ordinal) || l.Name == LabelNames.SessionId));
        if (!labels.Exists(l => l.Name == LabelNames.ServiceName)) labels.Add(new Label(LabelNames.ServiceName, service));
        else if (appNameLabel is not null) labels.Add(new Label(appNameLabel, service));
        return LabelSet.Of(labels);
    }
}
