using System.Globalization;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Wire.Types;

namespace Kagari.Server.Querying;

/// <summary>From answers of the engine to messages of the wire.</summary>
internal static class Messages
{
    public static Labels Labels(LabelSet labels)
    {
        var message = new Labels();
        message.Labels_.AddRange(Pairs(labels));
        return message;
    }

    public static IEnumerable<LabelPair> Pairs(LabelSet labels) => labels.Select(l => new LabelPair { Name = l.Name, Value = l.Value });

    public static Wire.Types.Series Series(TimeSeries series)
    {
        var message = new Wire.Types.Series();
        message.Labels.AddRange(Pairs(series.Labels));
        foreach (var point in series.Points)
        {
            var added = new Point { Value = point.Value, Timestamp = point.TimestampMillis };
            if (point.Exemplar is { } exemplar) added.Exemplars.Add(Exemplar(exemplar));
            foreach (var annotation in point.Annotations ?? []) added.Annotations.Add(new ProfileAnnotation { Key = annotation.Name, Value = annotation.Value });
            message.Points.Add(added);
        }
        return message;
    }

    public static Wire.Types.HeatmapSeries Heatmap(Query.HeatmapSeries series)
    {
        var message = new Wire.Types.HeatmapSeries();
        message.Labels.AddRange(Pairs(series.Labels));
        foreach (var slot in series.Slots)
        {
            var added = new Wire.Types.HeatmapSlot { Timestamp = slot.TimestampMillis };
            added.YMin.AddRange(slot.LowerBounds);
            added.Counts.AddRange(slot.Counts);
            added.Exemplars.AddRange(slot.Exemplars.Select(Exemplar));
            message.Slots.Add(added);
        }
        return message;
    }

    private static Wire.Types.Exemplar Exemplar(Query.Exemplar exemplar)
    {
        var message = new Wire.Types.Exemplar
        {
            Timestamp = exemplar.TimestampMillis,
            ProfileId = exemplar.ProfileId?.ToString() ?? "",
            SpanId = exemplar.SpanId == 0 ? "" : exemplar.SpanId.ToString("x16", CultureInfo.InvariantCulture),
            TraceId = exemplar.TraceId == 0 ? "" : exemplar.TraceId.ToString("x32", CultureInfo.InvariantCulture),
            Value = exemplar.Value,
        };
        message.Labels.AddRange(Pairs(exemplar.Labels));
        return message;
    }
}
