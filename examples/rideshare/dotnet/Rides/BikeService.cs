using Rideshare.Vehicles;
using Rideshare.Workers;

namespace Rideshare.Rides;

/// <summary>Orders a bike.</summary>
internal sealed class BikeService(VehicleFinder finder, WorkerPool workers)
{
    public string Order(int radius)
    {
        finder.FindNearestVehicle("bike", radius);
        workers.Enqueue("bike");
        return "Bike ordered";
    }
}
