using Kagari.Profiles;
using Kagari.Server.Ingest.Validation;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>Takes JFR recordings: the body itself, or the parts <c>jfr</c> and <c>labels</c> of a form; each gzip or not.</summary>
internal sealed class IngestJfr(Distributor distributor, ServerMetrics metrics)
{
    private const string EventLabel = "jfr_event";

    /// <returns>Ends when all profiles of the recording are durable and visible.</returns>
    /// <exception cref="IngestException">The recording, or a profile of it, is not taken.</exception>
    public async Task<Task> TakeAsync(HttpContext http, string tenant, IngestRequest request, ReadOnlyMemory<byte> body)
    {
        ReadOnlyMemory<byte> labels = default;
        var recording = body;
        if (http.Request.ContentType?.Contains("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
        {
            var form = await ReadFormAsync(http, tenant, body);
            if (!form.Has("jfr")) throw Refuse(tenant, body.Length, IngestException.Invalid(DiscardReason.MalformedProfile, "the form has no part 'jfr', which a recording is expected in"));
            (recording, labels) = (form["jfr"], form["labels"]);
        }
        var (done, refused) = Take(tenant, request, recording.Span, labels.Span);
        if (refused is null) return done;
        await done;
        throw refused;
    }

    private async Task<IngestForm> ReadFormAsync(HttpContext http, string tenant, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var stream = new MemoryView(body);
            return await IngestForm.ReadAsync(http.Request.ContentType!, stream, http.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            throw Refuse(tenant, body.Length, IngestException.Invalid(DiscardReason.MalformedProfile, e.Message));
        }
    }

    private (Task Done, IngestException? Refused) Take(string tenant, IngestRequest request, ReadOnlySpan<byte> recording, ReadOnlySpan<byte> labels)
    {
        var limits = distributor.LimitsOf(tenant);
        using var lease = distributor.Scratches.Rent();
        var scratch = lease.Scratch;
        var receivedBytes = recording.Length + labels.Length;
        var plain = Decompress(tenant, "jfr", recording, ref scratch.Text, scratch.Gunzip, limits);
        var plainLabels = Decompress(tenant, "labels", labels, ref scratch.Labels, scratch.Gunzip, limits);
        if (!scratch.Jfr.TryRead(plain, plainLabels, limits.ToDecodeLimits(), out var error))
            throw Refuse(tenant, receivedBytes, ProfileValidator.ToException(error, request.Name.Service, limits));
        var hash = XxHash64.Mix(XxHash64.Mix(XxHash64.Of(plain), XxHash64.Of(plainLabels)), XxHash64.Mix((ulong)request.UntilNanos, (ulong)(uint)request.SampleRate));
        return TakeProfiles(tenant, request, scratch, plain.Length + plainLabels.Length, receivedBytes, hash, limits);
    }

    /// <summary>
    /// Takes every profile of the recording. One that is refused keeps no other from being stored, as with the peer: the
    /// request ends with the first refusal after the others are durable, and a client that sends all of it again stores
    /// nothing twice, because equal content is one row.
    /// </summary>
    private (Task Done, IngestException? Refused) TakeProfiles(
        string tenant, IngestRequest request, IngestScratch scratch, long bytes, long receivedBytes, ulong hash, TenantLimits limits)
    {
        var done = new List<Task>();
        IngestException? refused = null;
        foreach (var kind in Enum.GetValues<JfrProfileKind>())
        {
            if (!scratch.Jfr.Has(kind)) continue;
            try
            {
                if (!scratch.Jfr.Fill(kind, request.SampleRate, scratch.Profile, out var error))
                    throw Refuse(tenant, bytes, ProfileValidator.ToException(error, request.Name.Service, limits));
                scratch.Profile.TimeNanos = request.FromNanos;
                scratch.Profile.DurationNanos = Math.Max(0, request.UntilNanos - request.FromNanos);
                done.Add(distributor.Take(tenant, LabelsOf(request, kind, scratch.Jfr.Event), scratch, bytes, receivedBytes, XxHash64.Mix(hash, (ulong)kind), limits));
                // The recording came once, so limits and metrics count it once, with its first profile.
                bytes = receivedBytes = 0;
            }
            catch (IngestException e)
            {
                refused ??= e;
            }
        }
        return (Task.WhenAll(done), refused);
    }

    private static LabelSet LabelsOf(IngestRequest request, JfrProfileKind kind, string @event)
    {
        var labels = request.ToLabels(JfrReader.FamilyOf(kind), request.Name.Service, appNameLabel: "app_name");
        return @event.Length == 0 ? labels : labels.With(EventLabel, @event);
    }

    private ReadOnlySpan<byte> Decompress(string tenant, string part, ReadOnlySpan<byte> bytes, ref FlatList<byte> buffer, Gunzip gunzip, TenantLimits limits)
    {
        var error = ProfileError.None;
        var limit = limits.MaxProfileSizeBytes;
        if (Gunzip.IsGzip(bytes))
        {
            buffer.Clear();
            if (gunzip.TryDecompress(bytes, ref buffer, limit, out error)) return buffer.Span;
        }
        else if (limit <= 0 || bytes.Length <= limit) return bytes;
        else error = new ProfileError(ProfileErrorKind.TooLarge, $"{bytes.Length} bytes exceed the limit");
        throw Refuse(tenant, bytes.Length, ProfileValidator.ToException(error with { Message = $"{part}: {error.Message}" }, "", limits));
    }

    private IngestException Refuse(string tenant, long bytes, IngestException refused)
    {
        metrics.Discarded(refused.Reason, tenant, 1, bytes);
        return refused;
    }
}
