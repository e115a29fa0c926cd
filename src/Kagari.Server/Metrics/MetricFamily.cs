using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Kagari.Server.Metrics;

/// <summary>A counter or gauge with labels, written in the Prometheus text format.</summary>
internal sealed class MetricFamily(string name, string type, string help, params string[] labels)
{
    private readonly ConcurrentDictionary<string, StrongBox> _values = new(StringComparer.Ordinal);

    private sealed class StrongBox
    {
        public double Value;
    }

    public void Add(double amount, params ReadOnlySpan<string> labelValues)
    {
        var box = Box(labelValues);
        lock (box) box.Value += amount;
    }

    public void Set(double value, params ReadOnlySpan<string> labelValues)
    {
        var box = Box(labelValues);
        lock (box) box.Value = value;
    }

    public double Get(params ReadOnlySpan<string> labelValues) => Box(labelValues).Value;

    public void Write(StringBuilder output)
    {
        output.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        output.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        foreach (var (key, box) in _values.OrderBy(v => v.Key, StringComparer.Ordinal))
            output.Append(name).Append(key).Append(' ').Append(box.Value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private StrongBox Box(ReadOnlySpan<string> labelValues)
    {
        if (labelValues.Length != labels.Length)
            throw new InvalidOperationException($"BUG: metric {name} has {labels.Length} labels, {labelValues.Length} values were given.");
        return _values.GetOrAdd(Key(labelValues), static _ => new StrongBox());
    }

    private string Key(ReadOnlySpan<string> labelValues)
    {
        if (labels.Length == 0) return "";
        var key = new StringBuilder("{");
        for (var i = 0; i < labels.Length; i++)
        {
            if (i > 0) key.Append(',');
            key.Append(labels[i]).Append("=\"")
                .Append(labelValues[i].Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
        }
        return key.Append('}').ToString();
    }
}
