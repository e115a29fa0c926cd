using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Kagari.Server.Metrics;

/// <summary>The histogram of request durations by method, route and status.</summary>
internal sealed class RequestDurations(string name)
{
    private static readonly double[] Bounds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 50, 100];

    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Histogram> _histograms = new();

    private sealed class Histogram
    {
        public readonly long[] Counts = new long[Bounds.Length + 1];
        public double Sum;
    }

    public void Observe(string method, string route, int status, TimeSpan duration)
    {
        var histogram = _histograms.GetOrAdd((method, route, status), static _ => new Histogram());
        var seconds = duration.TotalSeconds;
        var bucket = Array.FindIndex(Bounds, b => seconds <= b);
        lock (histogram)
        {
            histogram.Counts[bucket < 0 ? Bounds.Length : bucket]++;
            histogram.Sum += seconds;
        }
    }

    public void Write(StringBuilder output)
    {
        output.Append("# HELP ").Append(name).Append(" Time (in seconds) spent serving HTTP requests.\n# TYPE ").Append(name).Append(" histogram\n");
        foreach (var ((method, route, status), histogram) in _histograms.OrderBy(h => h.Key.Route, StringComparer.Ordinal).ThenBy(h => h.Key.Method, StringComparer.Ordinal).ThenBy(h => h.Key.Status))
        {
            var labels = string.Create(CultureInfo.InvariantCulture, $"method=\"{method}\",route=\"{route}\",status_code=\"{status}\"");
            long total = 0;
            lock (histogram)
            {
                for (var i = 0; i < Bounds.Length; i++)
                {
                    total += histogram.Counts[i];
                    output.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{Bounds[i]}\"}} {total}\n");
                }
                total += histogram.Counts[^1];
                output.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"+Inf\"}} {total}\n");
                output.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{labels}}} {histogram.Sum}\n{name}_count{{{labels}}} {total}\n");
            }
        }
    }
}
