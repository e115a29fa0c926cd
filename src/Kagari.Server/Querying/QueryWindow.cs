using Kagari.Server.Limits;
using Kagari.Server.Rpc;

namespace Kagari.Server.Querying;

/// <summary>A checked range of time, unix milliseconds, both ends included.</summary>
/// <param name="StartMillis">First millisecond.</param>
/// <param name="EndMillis">Last millisecond.</param>
/// <param name="IsEmpty">The range lies wholly before what the tenant may look back to: the answer is empty.</param>
internal readonly record struct QueryWindow(long StartMillis, long EndMillis, bool IsEmpty)
{
    /// <summary>Checks a range against the limits of all tenants that are asked; the strictest counts.</summary>
    /// <exception cref="RpcException">The range is missing, reversed or too long.</exception>
    public static QueryWindow Of(long startMillis, long endMillis, IReadOnlyList<TenantLimits> limits, DateTimeOffset now)
    {
        if (startMillis == 0 || endMillis == 0) throw Invalid("missing time range in the query");
        if (startMillis > endMillis) throw Invalid("query start time is after end time");
        var lookback = Strictest(limits, l => l.MaxQueryLookback);
        if (lookback > TimeSpan.Zero)
        {
            var oldest = now.ToUnixTimeMilliseconds() - (long)lookback.TotalMilliseconds;
            if (endMillis < oldest) return new QueryWindow(startMillis, endMillis, IsEmpty: true);
            startMillis = Math.Max(startMillis, oldest);
        }
        var length = Strictest(limits, l => l.MaxQueryLength);
        var actual = (double)endMillis - startMillis;
        if (length > TimeSpan.Zero && actual > length.TotalMilliseconds)
        {
            throw Invalid("the query time range exceeds the limit (max_query_length, "
                + $"actual: {Durations.Format(TimeSpan.FromMilliseconds(Math.Min(actual, TimeSpan.MaxValue.TotalMilliseconds / 2)))}, limit: {Durations.Format(length)})");
        }
        return new QueryWindow(startMillis, endMillis, IsEmpty: false);
    }

    private static TimeSpan Strictest(IReadOnlyList<TenantLimits> limits, Func<TenantLimits, TimeSpan> limit) =>
        limits.Select(limit).Where(l => l > TimeSpan.Zero).DefaultIfEmpty(TimeSpan.Zero).Min();

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
