using System.Globalization;

namespace Kagari.Storage;

/// <content>What operators see of it.</content>
public sealed partial class Compactor
{
    private volatile RunningJob? _current;

    /// <summary>What there is to do, is being done, and failed. It plans anew, and changes nothing.</summary>
    public CompactionStatus Status()
    {
        var (running, failed) = (_current, _failed.List());
        var segments = _catalogue.Segments();
        var others = failed.Select(f => f.Task.Id).Append(running?.Task.Id).ToHashSet(StringComparer.Ordinal);
        var waiting = CompactionPlanner.Plan(segments, _catalogue.Blocks(), _ingester.ActiveLogKey, _time.GetUtcNow(), _options)
            .Where(j => !others.Contains(j.Id.ToString("x32", CultureInfo.InvariantCulture))).Select(j => CompactionTask.Of(j, segments));
        return new CompactionStatus(running, [.. waiting], failed);
    }
}
