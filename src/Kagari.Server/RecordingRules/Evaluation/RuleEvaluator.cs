using Kagari.Query;
using Kagari.Server.Limits;
using Kagari.Server.RecordingRules.Exporting;
using Kagari.Server.Rpc;
using Kagari.Storage;
using Kagari.Wire.Prometheus;
using Kagari.Wire.Recorded;
using Kagari.Wire.Settings;
using Microsoft.Extensions.Logging;
using TimeSeries = Kagari.Wire.Prometheus.TimeSeries;

namespace Kagari.Server.RecordingRules.Evaluation;

/// <summary>Evaluates all rules over every new profile, when compaction takes it from the log.</summary>
/// <remarks>
/// One sample per rule, group and job: the sum over the profiles that came since the job before, at the time of the job.
/// The time is that of arrival, not that of the profiles: late profiles count when they arrive, and times of a series
/// only grow, as Prometheus wants it (docs/decisions/0011). Nothing here stops compaction: what fails is counted.
/// </remarks>
internal sealed class RuleEvaluator(
    RuleBook book, QueryEngine engine, Outbox outbox, ILimitsProvider limits, ExporterMetrics metrics, TimeProvider time, ILogger<RuleEvaluator> logger, long lastMillis)
    : IFirstBlocksObserver
{
    /// <summary>Groups of one rule. More would be a label that tells single profiles apart, which is no metric.</summary>
    internal const int GroupsMax = 20_000;

    /// <summary>Time of one rule of one tenant: compaction of everybody waits for it.</summary>
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(30);

    private long _lastMillis = lastMillis;

    public async ValueTask WrittenAsync(FirstBlocks blocks, CancellationToken cancellation)
    {
        await ForgetAsync(blocks, cancellation);
        _lastMillis = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), _lastMillis + 1);
        foreach (var ofTenant in blocks.Blocks.GroupBy(b => b.Tenant, StringComparer.Ordinal))
        {
            var recorded = new RecordedSamples { Timestamp = _lastMillis, Request = new WriteRequest() };
            recorded.Logs.AddRange(blocks.Logs);
            foreach (var rule in await RulesOfAsync(ofTenant.Key, cancellation))
                recorded.Request.Timeseries.AddRange(await EvaluateAsync(ofTenant.Key, rule, [.. ofTenant], cancellation));
            if (recorded.Request.Timeseries.Count > 0) await PrepareAsync(blocks.Job, ofTenant.Key, recorded, cancellation);
        }
    }

    public void Committed(UInt128 job) => outbox.Commit(job);

    private async Task<IReadOnlyList<RecordingRule>> RulesOfAsync(string tenant, CancellationToken cancellation)
    {
        try
        {
            return await book.ListAsync(tenant, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Failed(tenant, "*", e);
            return [.. book.Provisioned(tenant)];
        }
    }

    private async Task<IEnumerable<TimeSeries>> EvaluateAsync(string tenant, RecordingRule rule, IReadOnlyList<BlockEntry> blocks, CancellationToken cancellation)
    {
        if (!RuleChecks.TryCompile(rule, out var compiled, out var error))
        {
            Failed(tenant, rule.Id, new InvalidDataException(error));
            return [];
        }
        var started = time.GetTimestamp();
        try
        {
            var run = new QueryRun { MemoryBytesMax = limits.For(tenant).MaxQueryMemoryBytes };
            using var limit = new CancellationTokenSource(TimeMax, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            var groups = await engine.SumNewAsync(blocks, compiled.Selector, compiled.Filter, rule.GroupBy, GroupsMax, run, both.Token);
            metrics.Evaluated(tenant, time.GetElapsedTime(started));
            return groups.Select(g => SeriesLabels.Series(rule, g.Key, g.Value, _lastMillis));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Failed(tenant, rule.Id, e is OperationCanceledException ? new InvalidDataException($"it took longer than {TimeMax.TotalSeconds:0} s") : e);
            return [];
        }
    }

    private async Task PrepareAsync(UInt128 job, string tenant, RecordedSamples recorded, CancellationToken cancellation)
    {
        try
        {
            await outbox.PrepareAsync(job, tenant, recorded, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            metrics.Dropped(DropReason.NotStored, tenant, recorded.Request.Timeseries.Count);
            logger.LogError("{Samples} samples of recording rules of tenant {Tenant} could not be stored and are lost: {Message}", recorded.Request.Timeseries.Count, tenant, e.Message);
        }
    }

    /// <summary>An attempt before this one over the same logs was not committed.</summary>
    private async Task ForgetAsync(FirstBlocks blocks, CancellationToken cancellation)
    {
        try
        {
            await outbox.ForgetAsync(blocks.Logs, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            logger.LogError("Samples of a compaction that was not finished could not be removed: {Message}", e.Message);
        }
    }

    private void Failed(string tenant, string rule, Exception e)
    {
        metrics.EvaluationFailed(tenant);
        logger.LogError("Recording rule {Rule} of tenant {Tenant} could not be evaluated over new profiles, which its metric lacks: {Message}",
            rule, tenant, e is IOException or RpcException or InvalidDataException or QueryTooLargeException ? e.Message : $"BUG: {e}");
    }
}
