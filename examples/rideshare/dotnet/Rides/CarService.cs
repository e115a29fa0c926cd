using Rideshare.Vehicles;
using Rideshare.Workers;

namespace Rideshare.Rides;

/// <summary>Orders a car.</summary>
internal sealed class CarService(VehicleFinder finder, WorkerPool workers)
{
    public string Order(int radius)
    {
        finder.FindNearestVehicle("car", radius);
        workers.Enqueue("car");
        return "Car ordered";
    }
}
