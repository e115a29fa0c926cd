using Kagari.Profiles;
using Kagari.Server.Ingest.Validation;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Rpc;
using Kagari.Wire.Otlp;

namespace Kagari.Server.Ingest.Otlp;

/// <summary>Takes the profiles of one request, whichever way it came.</summary>
internal sealed class OtlpIntake(Distributor distributor, ServerMetrics metrics)
{
    /// <summary>Bytes that one request of a tenant may have, as received, decompressed, and all profiles unfolded.</summary>
    public long BodyLimitOf(string tenant)
    {
        var limit = (long)(distributor.LimitsOf(tenant).IngestionBodyLimitMb * 1024 * 1024);
        return limit > 0 ? limit : Array.MaxLength;
    }

    /// <summary>Counts a request that was refused as a whole.</summary>
    public void Discard(string tenant, string reason, long bytes) => metrics.Discarded(reason, tenant, 1, bytes);

    /// <summary>Takes what can be taken; ends when it is durable and visible. Gives the body back early.</summary>
    /// <exception cref="RpcException">Nothing was taken, or the request should be repeated.</exception>
    public async Task<ExportProfilesServiceResponse> TakeAsync(string tenant, RpcBody body)
    {
        var done = new List<Task>();
        var refusals = new OtlpRefusals();
        var profiles = TakeAll(tenant, body, done, refusals);
        // The request's bytes are not needed while the disk is waited for.
        body.Dispose();
        try
        {
            await Task.WhenAll(done);
        }
        catch (IOException e)
        {
            throw new RpcException(RpcCode.Unavailable, e.Message, e);
        }
        return refusals.ToResponse(profiles);
    }

    private int TakeAll(string tenant, RpcBody body, List<Task> done, OtlpRefusals refusals)
    {
        var limits = distributor.LimitsOf(tenant);
        var received = body.Bytes.Length;
        using var lease = distributor.Scratches.Rent();
        var reader = lease.Scratch.Otlp;
        try
        {
            var request = body.Bytes;
            if (body.IsJson)
            {
                request = OtlpJson.ToProto(body);
                body.Dispose();
            }
            if (!reader.TryOpen(request, limits.ToDecodeLimits(), out var error, mayBeOld: !body.IsJson))
                throw new RpcException(RpcCode.InvalidArgument, error.Message);
        }
        catch (RpcException)
        {
            metrics.Discarded(DiscardReason.MalformedProfile, tenant, 1, received);
            reader.Close();
            throw;
        }
        try
        {
            var bytesLeft = BodyLimitOf(tenant);
            while (!refusals.MayPass && reader.MoveNext(lease.Scratch.Profile, out var error))
            {
                try
                {
                    TakeOne(tenant, lease.Scratch, error, limits, ref bytesLeft, ref received, done);
                }
                catch (IngestException e)
                {
                    refusals.Add(reader.ProfileIndex, e);
                }
            }
            return reader.ProfileCount;
        }
        finally
        {
            reader.Close();
        }
    }

    private void TakeOne(
        string tenant, IngestScratch scratch, ProfileError error, TenantLimits limits, ref long bytesLeft, ref int received, List<Task> done)
    {
        var bytes = scratch.Otlp.UnfoldedBytes;
        if (error.IsError)
        {
            bytesLeft -= bytes;
            throw Refuse(tenant, ProfileValidator.ToException(error, scratch.Otlp.Labels.ToString(), limits), bytes);
        }
        if (bytesLeft < 0)
        {
            throw Refuse(tenant, IngestException.Invalid(DiscardReason.BodySizeLimitExceeded,
                $"the profiles of one request unfold to more than {ByteSize.Format(BodyLimitOf(tenant))} (setting ingestion_body_limit_mb)"), bytes);
        }
        bytesLeft -= bytes;
        if (scratch.Profile.Samples.Count == 0) return;
        // What arrived is counted once, with the first profile; the dictionary is everyone's.
        var part = received;
        received = 0;
        done.Add(distributor.Take(tenant, scratch.Otlp.Labels, scratch, bytes, part, OtlpIdentity.HashOf(scratch.Profile), limits));
    }

    private IngestException Refuse(string tenant, IngestException error, long bytes)
    {
        metrics.Discarded(error.Reason, tenant, 1, bytes);
        return error;
    }
}
