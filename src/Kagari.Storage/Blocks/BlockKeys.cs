using System.Globalization;

namespace Kagari.Storage;

/// <summary>Names of block objects.</summary>
internal static class BlockKeys
{
    public const string Prefix = "blocks/";

    /// <summary>
    /// <c>blocks/TENANT/2026-11-21/L2-110000-8a0c93…-3-0.blk</c>: level (<c>R300</c> is a rollup of 300 s), start of the
    /// window, job, lease, ordinal. A second worker of the same job has another lease, so it never writes the same object.
    /// </summary>
    public static string Of(string tenant, int level, TimeWindow window, long resolutionNanos, UInt128 jobId, long epoch, int ordinal)
    {
        var start = DateTimeOffset.UnixEpoch.AddTicks((window.StartNanos - 1_000_000) / 100);
        var kind = resolutionNanos == 0 ? $"L{level}" : string.Create(CultureInfo.InvariantCulture, $"R{resolutionNanos / 1_000_000_000}");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Prefix}{Escape(tenant)}/{start:yyyy-MM-dd}/{kind}-{start:HHmmss}-{jobId:x32}-{epoch}-{ordinal}.blk");
    }

    /// <summary>Names of tenants as folders: what is no letter, digit, minus or underscore is written as %XX.</summary>
    private static string Escape(string tenant) =>
        Uri.EscapeDataString(tenant).Replace(".", "%2E", StringComparison.Ordinal) is { Length: > 0 } escaped ? escaped : "%";
}
