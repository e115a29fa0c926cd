using Kagari.Profiles;

namespace Kagari.Query.Tests.Compaction;

/// <summary>Every pushed row as it came, and the plainest way to answer from that: what storage and engine must agree with.</summary>
internal sealed class ReferenceStore
{
    private readonly List<PushedRow> _rows = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>One series of one pushed profile.</summary>
    /// <param name="Identity">What makes a repeated push the same.</param>
    /// <param name="Labels">Its labels, profile type included.</param>
    /// <param name="TimeNanos">Its time.</param>
    /// <param name="Samples">Frames root first as <c>function:line</c>, frames of one location joined by <c>+</c> outermost first; values; span.</param>
    public sealed record PushedRow(string Identity, LabelSet Labels, long TimeNanos, IReadOnlyList<(string[] Frames, long Value, ulong Span)> Samples);

    public void Add(PushedRow row)
    {
        if (_seen.Add(row.Identity + row.Labels)) _rows.Add(row);
    }

    /// <summary>Removes rows; returns how many. A push that comes again later is taken again.</summary>
    public int Remove(Func<PushedRow, bool> goes)
    {
        foreach (var row in _rows.Where(goes)) _seen.Remove(row.Identity + row.Labels);
        return _rows.RemoveAll(r => goes(r));
    }

    public IEnumerable<PushedRow> Select(Func<LabelSet, bool> matches, long min, long max) =>
        _rows.Where(r => r.TimeNanos >= min && r.TimeNanos <= max && matches(r.Labels));

    /// <summary>Sums by stack of function names.</summary>
    public string Draw(Func<LabelSet, bool> matches, long min, long max, ulong span = 0) => Draw(
        Select(matches, min, max).SelectMany(r => r.Samples).Where(s => span == 0 || s.Span == span),
        frame => string.Join(';', frame.Split('+').Select(f => f[..f.IndexOf(':')])));

    /// <summary>Sums by stack with lines.</summary>
    public string DrawLines(Func<LabelSet, bool> matches, long min, long max) => Draw(Select(matches, min, max).SelectMany(r => r.Samples), f => f);

    public SortedDictionary<long, long> Series(Func<LabelSet, bool> matches, long startMillis, long endMillis, long stepMillis)
    {
        var sums = new SortedDictionary<long, long>();
        foreach (var row in Select(matches, long.MinValue, long.MaxValue))
        {
            var millis = row.TimeNanos / 1_000_000;
            for (var edge = startMillis; edge <= endMillis; edge += stepMillis)
                if (millis > edge - stepMillis && millis <= edge) sums[edge] = sums.GetValueOrDefault(edge) + row.Samples.Sum(s => s.Value);
        }
        return sums;
    }

    private static string Draw(IEnumerable<(string[] Frames, long Value, ulong Span)> samples, Func<string, string> text) => string.Join(" | ", samples
        .GroupBy(s => string.Join(';', s.Frames.Select(text)), StringComparer.Ordinal)
        .Select(g => (Stack: g.Key, Value: g.Sum(s => s.Value))).Where(g => g.Value != 0)
        .Select(g => $"{g.Stack} {g.Value}").Order(StringComparer.Ordinal));
}
