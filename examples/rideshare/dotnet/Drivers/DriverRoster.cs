using System.Runtime.CompilerServices;

namespace Rideshare.Drivers;

/// <summary>Cars need a driver, so somebody has to look for one.</summary>
internal sealed class DriverRoster(Region region)
{
    private const int DriversPerRadius = 1_500_000;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public double CheckDriverAvailability(int radius)
    {
        if (region.LocksDrivers) RegionMutex.MutexLock(radius);
        var best = 0.0;
        for (var driver = 1; driver <= radius * DriversPerRadius; driver++)
        {
            var rating = 5.0 / driver;
            if (rating > best) best = rating;
        }
        return best;
    }
}
