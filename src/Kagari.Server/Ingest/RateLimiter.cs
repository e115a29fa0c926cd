using System.Collections.Concurrent;
using Kagari.Server.Limits;
using Kagari.Server.Rpc;

namespace Kagari.Server.Ingest;

/// <summary>A token bucket of bytes per tenant.</summary>
internal sealed class RateLimiter(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes the bytes from the tenant's bucket.</summary>
    /// <exception cref="IngestException">There are not enough.</exception>
    public void Check(string tenant, TenantLimits limits, long bytes)
    {
        if (limits.IngestionRateMb <= 0) return;
        var rate = limits.IngestionRateMb * 1024 * 1024;
        var burst = Math.Max(limits.IngestionBurstSizeMb * 1024 * 1024, rate);
        var bucket = _buckets.GetOrAdd(tenant, _ => new Bucket { Bytes = burst, At = time.GetTimestamp() });
        lock (bucket)
        {
            var now = time.GetTimestamp();
            bucket.Bytes = Math.Min(burst, bucket.Bytes + (time.GetElapsedTime(bucket.At, now).TotalSeconds * rate));
            bucket.At = now;
            if (bucket.Bytes >= bytes)
            {
                bucket.Bytes -= bytes;
                return;
            }
        }
        throw new IngestException(RpcCode.ResourceExhausted, DiscardReason.RateLimited,
            $"push rate limit ({limits.IngestionRateMb:0.0} MiB) exceeded while adding {Profiles.ByteSize.Format(bytes)} "
            + "(settings ingestion_rate_mb, ingestion_burst_size_mb)");
    }

    private sealed class Bucket
    {
        public double Bytes;
        public long At;
    }
}
