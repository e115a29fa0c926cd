using System.Net;
using Kagari.Server.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Authentication.Enforcement;

/// <summary>Counts refusals, and writes one per address and minute to the log.</summary>
/// <remarks>No name of a failed login is written: people type passwords there.</remarks>
internal sealed class RefusalLog(ServerMetrics metrics, ILogger logger, TimeProvider time)
{
    private const int AddressesMax = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly AddressTable<Entry> _entries = new(AddressesMax);

    public void Add(HttpContext http, Refusal refusal, Identity? identity)
    {
        metrics.AuthFailed(refusal.Reason);
        // Browsers and probes begin without credentials.
        if (refusal.Reason == FailureReason.Missing || !IsDue(http.Connection.RemoteIpAddress)) return;
        logger.LogWarning("Refused {Address} at {Route}: {Reason} ({Identity})",
            http.Connection.RemoteIpAddress, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, refusal.Reason, identity?.Name ?? "unknown caller");
    }

    private bool IsDue(IPAddress? address)
    {
        lock (_gate)
        {
            var entry = _entries.Of(address);
            var now = time.GetUtcNow();
            if (now - entry.Written < Pause) return false;
            entry.Written = now;
            return true;
        }
    }

    private sealed class Entry
    {
        public DateTimeOffset Written { get; set; }
    }
}
