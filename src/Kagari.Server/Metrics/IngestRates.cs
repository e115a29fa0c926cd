using System.Collections.Concurrent;

namespace Kagari.Server.Metrics;

/// <summary>What tenants sent in the last quarter of an hour, in steps. Thread safe.</summary>
internal sealed class IngestRates(TimeProvider time)
{
    public const int StepSeconds = 10, Steps = 90;

    private readonly ConcurrentDictionary<string, Tenant> _tenants = new(StringComparer.Ordinal);

    public void Received(string tenant, long bytes) => _tenants.GetOrAdd(tenant, static _ => new Tenant()).Add(Now(), bytes);

    public void Discarded(string reason, string tenant, long count, long bytes) =>
        _tenants.GetOrAdd(tenant, static _ => new Tenant()).Discard(reason, count, bytes, time.GetUtcNow());

    /// <summary>All tenants that sent something since the start, by name.</summary>
    public IReadOnlyList<TenantRates> List()
    {
        var now = Now();
        return [.. _tenants.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value.Read(t.Key, now))];
    }

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;

    private sealed class Tenant
    {
        private readonly Lock _gate = new();
        private readonly (long Step, long Profiles, long Bytes)[] _steps = new (long, long, long)[Steps + 1];
        private readonly Dictionary<string, Discards> _discards = new(StringComparer.Ordinal);

        public void Add(long step, long bytes)
        {
            lock (_gate)
            {
                ref var at = ref _steps[step % _steps.Length];
                if (at.Step != step) at = (step, 0, 0);
                at = (step, at.Profiles + 1, at.Bytes + bytes);
            }
        }

        public void Discard(string reason, long count, long bytes, DateTimeOffset now)
        {
            lock (_gate)
            {
                var known = _discards.GetValueOrDefault(reason, new Discards(reason, 0, 0, now));
                _discards[reason] = new Discards(reason, known.Count + count, known.Bytes + bytes, now);
            }
        }

        /// <summary>The steps that are over, the oldest first.</summary>
        public TenantRates Read(string name, long now)
        {
            var (profiles, bytes) = (new long[Steps], new long[Steps]);
            lock (_gate)
            {
                foreach (var (step, count, sum) in _steps)
                    if (now - step is > 0 and <= Steps) (profiles[Steps - (now - step)], bytes[Steps - (now - step)]) = (count, sum);
                return new TenantRates(
                    name, DateTimeOffset.FromUnixTimeSeconds((now - Steps) * StepSeconds), profiles, bytes,
                    [.. _discards.Values.OrderByDescending(d => d.Count).ThenBy(d => d.Reason, StringComparer.Ordinal)]);
            }
        }
    }
}

/// <summary>What a tenant sent.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Start">When the first step begins.</param>
/// <param name="Profiles">Profiles by step.</param>
/// <param name="Bytes">Decompressed bytes by step.</param>
/// <param name="Discards">What was not stored since the start of the server, the most first.</param>
internal sealed record TenantRates(string Tenant, DateTimeOffset Start, long[] Profiles, long[] Bytes, IReadOnlyList<Discards> Discards);

/// <summary>What was not stored.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">Profiles or samples.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="LastAt">The last time.</param>
internal sealed record Discards(string Reason, long Count, long Bytes, DateTimeOffset LastAt);
