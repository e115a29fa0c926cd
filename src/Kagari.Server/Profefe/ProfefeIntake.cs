using Kagari.Profiles;
using Kagari.Server.Hosting;
using Kagari.Server.Ingest;
using Kagari.Server.Ingest.Legacy;
using Kagari.Server.Ingest.Validation;
using Kagari.Server.Metrics;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Profefe;

/// <summary><c>POST /api/0/profiles</c>: a profile takes the way of all others, and its bytes are kept beside it.</summary>
internal sealed class ProfefeIntake(
    Distributor distributor, ProfefeOriginals originals, ProfefeTraces traces, ServerMetrics metrics, ServerOptions options, TimeProvider time)
{
    public async Task PostAsync(HttpContext http)
    {
        var tenant = TenantId.ForWrite(http, options.MultitenancyEnabled);
        var service = ProfefeParameters.Service(http.Request);
        var type = http.Request.Query["type"].ToString();
        if (!ProfefeType.IsKnown(type)) throw ProfefeException.BadRequest("unknown profile type");
        var labels = ProfefeParameters.Labels(http.Request);
        var created = ProfefeParameters.Time(http.Request, "created_at") ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        using var body = await IngestBody.ReadAsync(http.Request, (long)(distributor.LimitsOf(tenant).IngestionBodyLimitMb * 1024 * 1024), http.RequestAborted);

        var profile = type == ProfefeType.Trace
            ? await KeepAsync(tenant, service, type, labels, created * 1_000_000, body.Bytes, http.RequestAborted)
            : await TakeAsync(tenant, service, type, labels, created * 1_000_000, body.Bytes, http.RequestAborted);
        await ProfefeJson.WriteBodyAsync(http, json => ProfefeJson.Write(json, profile));
    }

    /// <summary>Keeps what has no rows, under the limits of what has.</summary>
    private async Task<ProfefeProfile> KeepAsync(
        string tenant, string service, string type, IReadOnlyList<Label> labels, long timeNanos, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            var checkedNanos = ProfileValidator.CheckTime(timeNanos, ProfefeLabels.ToSeries(service, type, labels), distributor.LimitsOf(tenant), time.GetUtcNow());
            if (type == ProfefeType.Trace) distributor.TakeBytes(tenant, bytes.Length);
            return await traces.PutAsync(tenant, service, type, labels, checkedNanos, bytes, cancellation);
        }
        catch (IngestException e)
        {
            throw Refusal(e);
        }
    }

    private static ProfefeException Refusal(IngestException e) => e.Reason switch
    {
        DiscardReason.StorageFull => new ProfefeException(StatusCodes.Status507InsufficientStorage, e.Message),
        DiscardReason.MalformedProfile => new ProfefeException(400, $"malformed profile (could not parse pprof profile: {e.Message})"),
        _ => new ProfefeException(e.Code.HttpStatus(), e.Message),
    };

    private async Task<ProfefeProfile> TakeAsync(
        string tenant, string service, string type, IReadOnlyList<Label> labels, long createdNanos, ReadOnlyMemory<byte> pprof, CancellationToken cancellation)
    {
        // An empty body would be a profile without types, and the text would not say so.
        if (pprof.IsEmpty)
        {
            metrics.Discarded(DiscardReason.MalformedProfile, tenant, 1, 0);
            throw new ProfefeException(400, "malformed profile (could not parse pprof profile: the body is empty)");
        }
        TakenProfile taken;
        Task stored;
        try
        {
            stored = distributor.TakePprof(tenant, ProfefeLabels.ToSeries(service, ProfefeType.FamilyOf(type), labels), pprof.Span, Prepare, out taken);
        }
        catch (IngestException e)
        {
            throw Refusal(e);
        }
        var id = ProfefeId.Of(taken.Identity);
        // A profile that counts nothing, as Go's are where nothing blocked, has no rows to find it by.
        if (taken is { IsAdmitted: true, Rows: 0 }) return await KeepAsync(tenant, service, type, labels, taken.Identity.TimeNanos, pprof, cancellation);
        await Task.WhenAll(stored, taken.IsAdmitted ? originals.PutAsync(tenant, id, pprof, cancellation).AsTask() : Task.CompletedTask);
        return new ProfefeProfile(id, type, service, labels, taken.Identity.TimeNanos);

        LabelSet Prepare(FlatProfile profile, LabelSet series)
        {
            if (profile.TimeNanos <= 0) profile.TimeNanos = createdNanos;
            return series;
        }
    }
}
