using System.Runtime.CompilerServices;
using Kagari.Client;
using Rideshare.Drivers;

namespace Rideshare.Vehicles;

/// <summary>Finds what is nearest to the customer; the further it looks, the longer that takes.</summary>
internal sealed class VehicleFinder(DriverRoster drivers)
{
    private const int StreetsPerRadius = 3_000_000;

    // Methods that the story is about are not inlined, as the larger ones of real programs are not: each has its frame.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public double FindNearestVehicle(string vehicle, int radius)
    {
        // All that is measured until the scope ends has this label, whichever thread it runs on.
        using (Labels.Scope(("vehicle", vehicle)))
        {
            // Work is counted, not timed: it takes the same CPU time whatever else the machine does.
            var nearest = double.MaxValue;
            for (var street = 1; street <= radius * StreetsPerRadius; street++)
            {
                var distance = 1.0 / street;
                if (distance < nearest) nearest = distance;
            }
            if (vehicle == "car") drivers.CheckDriverAvailability(radius);
            return nearest;
        }
    }
}
