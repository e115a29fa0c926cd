using System.Text;

namespace Kagari.Profiles.Tests.Pprof;

/// <summary>All of a profile as text, references resolved: profiles with equal texts are equal.</summary>
internal static class ProfileText
{
    public static string Of(FlatProfile p)
    {
        var text = new StringBuilder();
        text.AppendLine($"time {p.TimeNanos} duration {p.DurationNanos} period {p.Period} {Of(p, p.PeriodType)}");
        text.AppendLine($"default {p.GetString(p.DefaultSampleType)} drop {p.GetString(p.DropFrames)} keep {p.GetString(p.KeepFrames)}");
        foreach (var comment in p.Comments.Span) text.AppendLine($"comment {p.GetString(comment)}");
        foreach (var type in p.SampleTypes.Span) text.AppendLine($"type {Of(p, type)}");
        foreach (var m in p.Mappings.Span)
            text.AppendLine($"mapping {m.MemoryStart:x} {m.MemoryLimit:x} {m.FileOffset:x} {p.GetString(m.FileName)} {p.GetString(m.BuildId)} {m.Flags}");
        for (var i = 0; i < p.Samples.Count; i++)
        {
            var sample = p.Samples[i];
            text.AppendLine($"sample {string.Join(',', p.ValuesOf(i).ToArray())}");
            foreach (var l in p.Labels.Span.Slice(sample.LabelStart, sample.LabelCount))
                text.AppendLine($"  {p.GetString(l.Key)}={p.GetString(l.Text)} {l.Number} {p.GetString(l.NumberUnit)}");
            foreach (var at in p.StackOf(sample))
            {
                var location = p.Locations[at];
                text.AppendLine($"  at {location.Address:x} in {location.Mapping}");
                foreach (var line in p.Lines.Span.Slice(location.LineStart, location.LineCount))
                {
                    var f = p.Functions[line.Function];
                    text.AppendLine($"    {p.GetString(f.Name)} {p.GetString(f.SystemName)} {p.GetString(f.FileName)} {f.StartLine}: {line.LineNumber}:{line.Column}");
                }
            }
        }
        return text.ToString();
    }

    private static string Of(FlatProfile p, ValueType type) => $"{p.GetString(type.Type)}:{p.GetString(type.Unit)}";
}
