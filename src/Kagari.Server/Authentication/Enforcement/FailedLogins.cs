using System.Net;

namespace Kagari.Server.Authentication.Enforcement;

/// <summary>How many logins an address may fail: a token bucket each. Thread safe.</summary>
/// <remarks>
/// A login takes a token before it is looked at and gets it back when it was right; taken afterwards, a thousand guesses at once
/// would all be looked at.
/// </remarks>
/// <param name="max">Failures per period; 0: any number.</param>
/// <param name="period">After which a bucket is full again.</param>
/// <param name="time">The clock.</param>
internal sealed class FailedLogins(int max, TimeSpan period, TimeProvider time)
{
    private const int AddressesMax = 10_000;

    private readonly Lock _gate = new();
    private readonly AddressTable<Bucket> _buckets = new(AddressesMax);

    /// <summary>Takes a token; false, and when there is one again, where none is left.</summary>
    public bool TryTake(IPAddress? address, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (max == 0) return true;
        lock (_gate)
        {
            var bucket = _buckets.Of(address);
            var now = time.GetUtcNow();
            if (now > bucket.Updated) bucket.Taken = Math.Max(0, bucket.Taken - ((now - bucket.Updated) / period * max));
            bucket.Updated = now;
            if (bucket.Taken + 1 > max)
            {
                wait = period * ((bucket.Taken + 1 - max) / max);
                return false;
            }
            bucket.Taken++;
            return true;
        }
    }

    /// <summary>Gives a token back: the login was right.</summary>
    public void GiveBack(IPAddress? address)
    {
        if (max == 0) return;
        lock (_gate)
        {
            var bucket = _buckets.Of(address);
            bucket.Taken = Math.Max(0, bucket.Taken - 1);
            // Those who never fail take no room from those who do.
            if (bucket.Taken == 0) _buckets.Remove(address);
        }
    }

    private sealed class Bucket
    {
        public double Taken { get; set; }

        public DateTimeOffset Updated { get; set; }
    }
}
