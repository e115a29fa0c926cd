using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>What one side of a question is about: tenants, one profile type, series, and a range of whole milliseconds.</summary>
public sealed record Selection
{
    /// <summary>Times that fit nanoseconds of 64 bits, with room for the last millisecond.</summary>
    private const long MillisMax = (long.MaxValue / 1_000_000) - 1;

    /// <summary>A selection; times that no profile can have are moved to the nearest that one can.</summary>
    /// <param name="tenants">One or several; their data is merged.</param>
    /// <param name="type">The profile type.</param>
    /// <param name="selector">Which series.</param>
    /// <param name="startMillis">First millisecond since 1970, included.</param>
    /// <param name="endMillis">Last millisecond since 1970, included to its last nanosecond.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is reversed.</exception>
    public Selection(IReadOnlyList<string> tenants, ProfileTypeId type, Selector selector, long startMillis, long endMillis)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startMillis, endMillis);
        Tenants = tenants;
        Type = type;
        Selector = selector;
        StartMillis = Math.Clamp(startMillis, -MillisMax, MillisMax);
        EndMillis = Math.Clamp(endMillis, -MillisMax, MillisMax);
    }

    private Selection(SelectedProfile profile)
        : this([], profile.Type, Selector.All, 0, 0) => Profile = profile;

    /// <summary>All of a profile that is not stored. It has no series: questions about labels and services find nothing in it.</summary>
    public static Selection Of(SelectedProfile profile) => new(profile);

    /// <summary>The tenants.</summary>
    public IReadOnlyList<string> Tenants { get; }

    /// <summary>The profile type.</summary>
    public ProfileTypeId Type { get; }

    /// <summary>Which series.</summary>
    public Selector Selector { get; init; }

    /// <summary>First millisecond, included.</summary>
    public long StartMillis { get; private init; }

    /// <summary>Last millisecond, included.</summary>
    public long EndMillis { get; private init; }

    /// <summary>The profile it is about instead of stored ones; null: it is about stored ones.</summary>
    public SelectedProfile? Profile { get; private init; }

    /// <summary>Whether nothing may be looked at, as before what a tenant may look back to. Default: false.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>What it may take, and what it took.</summary>
    public QueryRun Run { get; init; } = new();

    /// <summary>Length of the range in seconds, at least a thousandth; of a profile that is not stored its duration, 0 where that is unknown.</summary>
    public double Seconds => Profile?.Seconds ?? (LengthMillis / 1000.0);

    /// <summary>The rows.</summary>
    public SeriesQuery Query => SeriesQuery.OfMillis(Tenants, StartMillis, EndMillis, Selector).OfType(Type) with { Run = Run };

    private long LengthMillis => EndMillis - StartMillis + 1;

    /// <summary>
    /// The range in windows that touch but do not overlap, earliest first, of equal length to a millisecond; fewer where
    /// it has not so many milliseconds. A profile that is not stored cannot be split.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="windows"/> is not positive.</exception>
    public Selection[] Split(int windows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(windows);
        if (Profile is not null) return [this];
        var count = (int)Math.Min(windows, LengthMillis);
        var parts = new Selection[count];
        for (var i = 0; i < count; i++) parts[i] = this with { StartMillis = EdgeOf(i), EndMillis = EdgeOf(i + 1) - 1 };
        return parts;

        long EdgeOf(int i) => StartMillis + (long)((Int128)LengthMillis * i / count);
    }
}
