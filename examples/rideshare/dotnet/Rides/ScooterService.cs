using Rideshare.Vehicles;
using Rideshare.Workers;

namespace Rideshare.Rides;

/// <summary>Orders a scooter.</summary>
internal sealed class ScooterService(VehicleFinder finder, WorkerPool workers)
{
    public string Order(int radius)
    {
        finder.FindNearestVehicle("scooter", radius);
        workers.Enqueue("scooter");
        return "Scooter ordered";
    }
}
