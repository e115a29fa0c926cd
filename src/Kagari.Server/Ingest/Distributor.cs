using System.Runtime.InteropServices;
using Kagari.Profiles;
using Kagari.Server.Ingest.Admission;
using Kagari.Server.Ingest.Splitting;
using Kagari.Server.Ingest.Validation;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Rpc;
using Kagari.Storage;

namespace Kagari.Server.Ingest;

/// <summary>The write path of every format: checks a decoded profile, splits it into series and hands it to the ingester.</summary>
/// <remarks>
/// Steps, in this order (docs/internals/write-path.md): 1 default service name, 2 limits of rate and period, sampling, 3 validation, 4 repairs
/// of Go profiles, 5 sessions, 6 split by sample labels, relabelling, label checks, 7 ingester.
/// </remarks>
internal sealed class Distributor(Ingester ingester, ILimitsProvider limitsProvider, ServerMetrics metrics, TimeProvider time)
{
    private readonly SeriesGroupCache _groups = new();
    private readonly RateLimiter _rates = new(time);
    private readonly AdmissionControl _admission = new(metrics, time);

    /// <summary>The limits of a tenant.</summary>
    public TenantLimits LimitsOf(string tenant) => limitsProvider.For(tenant);

    public IngestScratchPool Scratches { get; } = new();

    /// <summary>Takes bytes that are kept beside profiles from the tenant's rate, and asks the disk; the same refusals as for profiles.</summary>
    /// <exception cref="IngestException">They are not taken.</exception>
    public void TakeBytes(string tenant, long bytes)
    {
        try
        {
            _rates.Check(tenant, limitsProvider.For(tenant), bytes);
            ingester.ThrowIfFull();
        }
        catch (Exception e) when (e is IngestException or StorageFullException)
        {
            throw Refusal(e, tenant, bytes);
        }
    }

    /// <summary>Decodes a pprof and takes it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="labels">Labels of the series, without those of samples.</param>
    /// <param name="pprof">The profile, gzip or not.</param>
    /// <param name="prepare">Changes the decoded profile before it is checked; may be null.</param>
    /// <param name="repairFunctionIds">See <see cref="PprofReader.RepairZeroFunctionIds"/>.</param>
    /// <returns>Ends when the profile is durable and visible.</returns>
    /// <exception cref="IngestException">It is not taken.</exception>
    public Task TakePprof(
        string tenant, LabelSet labels, ReadOnlySpan<byte> pprof, Func<FlatProfile, LabelSet, LabelSet>? prepare = null, bool repairFunctionIds = false)
    {
        var bytesLeft = long.MaxValue;
        return TakePprof(tenant, labels, pprof, ref bytesLeft, prepare, repairFunctionIds, out _);
    }

    /// <summary>The same, telling what became of it.</summary>
    public Task TakePprof(
        string tenant, LabelSet labels, ReadOnlySpan<byte> pprof, Func<FlatProfile, LabelSet, LabelSet> prepare, out TakenProfile taken)
    {
        var bytesLeft = long.MaxValue;
        return TakePprof(tenant, labels, pprof, ref bytesLeft, prepare, repairFunctionIds: false, out taken);
    }

    /// <summary>The same, taking the decompressed size from what a batch may have.</summary>
    public Task TakePprof(string tenant, LabelSet labels, ReadOnlySpan<byte> pprof, ref long bytesLeft) =>
        TakePprof(tenant, labels, pprof, ref bytesLeft, prepare: null, repairFunctionIds: false, out _);

    private Task TakePprof(
        string tenant, LabelSet labels, ReadOnlySpan<byte> pprof, ref long bytesLeft,
        Func<FlatProfile, LabelSet, LabelSet>? prepare, bool repairFunctionIds, out TakenProfile taken)
    {
        var limits = limitsProvider.For(tenant);
        using var lease = Scratches.Rent();
        var scratch = lease.Scratch;
        scratch.Pprof.RepairZeroFunctionIds = repairFunctionIds;
        var isRead = scratch.Pprof.TryRead(pprof, scratch.Profile, limits.ToDecodeLimits(), out var error);
        // What is refused was decompressed too: a batch of nothing but bombs costs as much as its limit allows.
        bytesLeft -= error.Kind == ProfileErrorKind.TooLarge && !isRead ? limits.MaxProfileSizeBytes : scratch.Profile.Bytes.Count;
        if (!isRead)
        {
            var refused = ProfileValidator.ToException(error, labels.ToString(), limits);
            metrics.Discarded(refused.Reason, tenant, 1, pprof.Length);
            throw refused;
        }
        var profile = scratch.Profile;
        if (scratch.Pprof.DanglingSamples > 0) metrics.Discarded(DiscardReason.DanglingReferences, tenant, scratch.Pprof.DanglingSamples, 0);
        var bytes = profile.Bytes.Count;
        var hash = XxHash64.Of(profile.Bytes.Span);
        try
        {
            if (prepare is not null) labels = prepare(profile, labels);
        }
        catch (IngestException e)
        {
            metrics.Discarded(e.Reason, tenant, 1, bytes);
            throw;
        }
        return Take(tenant, labels, scratch, bytes, pprof.Length, hash, limits, out taken);
    }

    /// <summary>Takes a profile that was decoded into <paramref name="scratch"/>, which may be given back after the call.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="labels">Labels of the series, without those of samples.</param>
    /// <param name="scratch">Holds the profile.</param>
    /// <param name="bytes">Decompressed size, which limits and metrics count.</param>
    /// <param name="receivedBytes">Size as received.</param>
    /// <param name="contentHash">Hash of what was sent: a repeated push becomes the same rows.</param>
    /// <param name="limits">The tenant's limits.</param>
    public Task Take(string tenant, LabelSet labels, IngestScratch scratch, long bytes, long receivedBytes, ulong contentHash, TenantLimits limits) =>
        Take(tenant, labels, scratch, bytes, receivedBytes, contentHash, limits, out _);

    private Task Take(
        string tenant, LabelSet labels, IngestScratch scratch, long bytes, long receivedBytes, ulong contentHash, TenantLimits limits, out TakenProfile taken)
    {
        var profile = scratch.Profile;
        metrics.Received(tenant, bytes, receivedBytes, profile.Samples.Count);
        try
        {
            // Annotations are the server's to give.
            labels = AnnotationLabels.Without(labels);
            // Step 1: a series without service is kept, under a name that says so.
            if (labels[LabelNames.ServiceName].Length == 0) labels = labels.With(LabelNames.ServiceName, LabelNames.UnknownService);
            var sender = labels.StableHash();   // the session tells processes apart, also where it is not stored; annotations come later
            // Step 2
            if (!_admission.Admits(tenant, limits, ref labels, bytes, contentHash))
            {
                taken = new TakenProfile(new RowIdentity(XxHash64.Mix(contentHash, sender), profile.TimeNanos), IsAdmitted: false, Rows: 0);
                return Task.CompletedTask;
            }
            _rates.Check(tenant, limits, bytes);
            // Step 3
            var timeNanos = ProfileValidator.Validate(profile, labels, limits, time.GetUtcNow());
            // Step 4
            GoShapeNames.Remove(profile);
            GoTruncatedStacks.Repair(profile);
            SourceLinks.Fold(profile, labels);
            // Step 5
            labels = SessionLabel.Apply(labels, limits);
            // Step 6
            var rows = scratch.Splitter.Split(profile, labels, limits, _groups);
            if (scratch.Splitter.Dropped > 0) metrics.Discarded(DiscardReason.DroppedByRelabelRules, tenant, scratch.Splitter.Dropped, 0);
            // Step 7
            var identity = new RowIdentity(XxHash64.Mix(contentHash, sender), timeNanos);
            var stored = Store(tenant, profile, rows, identity, out var stood);
            taken = new TakenProfile(identity, IsAdmitted: true, stood);
            return stored;
        }
        catch (Exception e) when (e is IngestException or StorageFullException or IngesterOverloadedException)
        {
            throw Refusal(e, tenant, bytes);
        }
    }

    /// <summary>Counts what is not taken, and says it in the words of the write path.</summary>
    private IngestException Refusal(Exception cause, string tenant, long bytes)
    {
        var refusal = cause as IngestException
            ?? new IngestException(RpcCode.ResourceExhausted, cause is StorageFullException ? DiscardReason.StorageFull : DiscardReason.RateLimited, cause.Message);
        metrics.Discarded(refusal.Reason, tenant, 1, bytes);
        return refusal;
    }

    private Task Store(string tenant, FlatProfile profile, List<(string Service, ProfileRow Row)> rows, RowIdentity identity, out int stored)
    {
        stored = 0;
        var done = new List<Task>(1);
        foreach (var service in rows.GroupBy(r => r.Service, StringComparer.Ordinal))
        {
            var own = service.Select(r => r.Row).ToArray();
            var task = ingester.Append(tenant, service.Key, profile, own, identity.TimeNanos, identity.ContentHash, out var counts);
            if (counts.NegativeSamples > 0) metrics.Discarded(DiscardReason.NegativeValues, tenant, counts.NegativeSamples, 0);
            stored += counts.Rows;
            done.Add(task);
        }
        return done.Count == 1 ? done[0] : Task.WhenAll(done);
    }
}
