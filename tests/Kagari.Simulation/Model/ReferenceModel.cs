using Kagari.Profiles;

namespace Kagari.Simulation;

/// <summary>All pushes, and the slow, plain answers to questions about some of them. Shares no code with what it checks.</summary>
internal sealed class ReferenceModel
{
    private readonly HashSet<(string Tenant, long Millis)> _times = [];

    public List<ModelPush> Pushes { get; } = [];

    /// <summary>A millisecond that no push of the tenant has: the check of all pushes tells them apart by it.</summary>
    public long FreeMillis(string tenant, long wanted)
    {
        while (!TryTakeMillis(tenant, wanted)) wanted++;
        return wanted;
    }

    /// <summary>Takes a millisecond of a tenant, if it is free.</summary>
    public bool TryTakeMillis(string tenant, long millis) => _times.Add((tenant, millis));

    /// <summary>The flame graph of these pushes, drawn.</summary>
    public static string Tree(IEnumerable<ModelPush> pushes, ModelQuery query)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var push in pushes.Where(query.Selects))
            foreach (var row in push.Rows)
                for (var column = 0; column < row.Columns.Length; column++)
                {
                    if (!query.Matches(row.Series[column])) continue;
                    foreach (var sample in push.Counted(row).Where(query.Counts))
                    {
                        var path = string.Join(';', sample.Frames);
                        sums[path] = sums.GetValueOrDefault(path) + sample.Values[row.Columns[column]];
                    }
                }
        return Draw(sums);
    }

    /// <summary>Values per step and group, one line per point: the point at T covers (T − step, T].</summary>
    public static string TimeSeries(IEnumerable<ModelPush> pushes, ModelQuery query, long startMillis, long endMillis, long stepMillis, string[] groupBy)
    {
        var points = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var push in pushes.Where(p => query.Tenants.Contains(p.Tenant)))
        {
            var edge = startMillis;
            while (edge < push.TimeMillis) edge += stepMillis;
            if (edge > endMillis || push.TimeMillis <= edge - stepMillis) continue;
            foreach (var row in push.Rows)
            {
                var counted = push.Counted(row).ToList();
                if (counted.Count == 0) continue;
                for (var column = 0; column < row.Columns.Length; column++)
                {
                    if (!query.Matches(row.Series[column])) continue;
                    var key = PointKey(row.Series[column].Where(l => groupBy.Contains(l.Name)), edge);
                    points[key] = points.GetValueOrDefault(key) + counted.Sum(s => s.Values[row.Columns[column]]);
                }
            }
        }
        return string.Join(" | ", points.Select(p => $"{p.Key} {p.Value}"));
    }

    /// <summary>The series of these pushes, one by one, sorted.</summary>
    public static string Series(IEnumerable<ModelPush> pushes, ModelQuery query) => string.Join(" | ", pushes
        .Where(query.Selects).SelectMany(p => p.Rows.Where(r => p.Counted(r).Any())).SelectMany(r => r.Series).Where(query.Matches)
        .Select(s => s.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public static string PointKey(IEnumerable<Label> labels, long edgeMillis) =>
        $"{string.Join(',', labels.Select(l => $"{l.Name}={l.Value}"))} @{edgeMillis}";

    public static string Draw(Dictionary<string, long> sums) =>
        string.Join(" | ", sums.Where(s => s.Value != 0).Select(s => $"{s.Key} {s.Value}").Order(StringComparer.Ordinal));

    /// <summary>Whether no stack of a drawing has more than in another.</summary>
    public static bool IsAtMost(string drawing, string other)
    {
        var more = Sums([other]);
        return Sums([drawing]).All(s => s.Value <= more.GetValueOrDefault(s.Key));
    }

    /// <summary>The sum of drawings.</summary>
    public static string Sum(IEnumerable<string> drawings) => Draw(Sums(drawings));

    private static Dictionary<string, long> Sums(IEnumerable<string> drawings)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var stack in drawings.SelectMany(d => d.Split(" | ", StringSplitOptions.RemoveEmptyEntries)))
        {
            var space = stack.LastIndexOf(' ');
            sums[stack[..space]] = sums.GetValueOrDefault(stack[..space]) + long.Parse(stack.AsSpan(space));
        }
        return sums;
    }
}
