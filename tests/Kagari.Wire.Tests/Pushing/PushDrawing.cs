using System.Text;
using Google.Protobuf;
using Kagari.Wire.Push;
using Kagari.Wire.Pushing;
using Kagari.Wire.Types;

namespace Kagari.Wire.Tests.Pushing;

/// <summary>Push requests as text: <c>{a=1,b=2} p1 p2 | {a=3} p3</c>, profiles being words.</summary>
internal static class PushDrawing
{
    public static PushRequest Draw(string text)
    {
        var request = new PushRequest();
        foreach (var part in text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var series = new RawProfileSeries();
            var close = part.IndexOf('}', StringComparison.Ordinal);
            foreach (var label in part[1..close].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var pair = label.Split('=');
                series.Labels.Add(new LabelPair { Name = pair[0], Value = pair[1] });
            }
            foreach (var profile in part[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                series.Samples.Add(new RawSample { RawProfile = ByteString.CopyFromUtf8(profile), ID = "ignored" });
            request.Series.Add(series);
        }
        return request;
    }

    public static string Show(PushBatch batch)
    {
        var text = new StringBuilder();
        var bytes = batch.Bytes.Span;
        foreach (var series in batch.Series)
        {
            if (text.Length > 0) text.Append(" | ");
            text.Append('{');
            foreach (var label in batch.Labels(series))
            {
                if (text[^1] != '{') text.Append(',');
                text.Append(Encoding.UTF8.GetString(bytes[label.Name])).Append('=').Append(Encoding.UTF8.GetString(bytes[label.Value]));
            }
            text.Append('}');
            foreach (var sample in batch.Samples(series)) text.Append(' ').Append(Encoding.Latin1.GetString(bytes[sample]));
        }
        return text.ToString();
    }

    public static string Show(PushRequest request)
    {
        var parts = request.Series.Select(s =>
            "{" + string.Join(',', s.Labels.Select(l => $"{l.Name}={l.Value}")) + "}" +
            string.Concat(s.Samples.Select(p => " " + Encoding.Latin1.GetString(p.RawProfile.Span))));
        return string.Join(" | ", parts);
    }
}
