using Rideshare;
using Rideshare.Drivers;
using Rideshare.Rides;
using Rideshare.Vehicles;
using Rideshare.Workers;

var builder = WebApplication.CreateSlimBuilder(args);
var region = new Region(builder.Configuration["REGION"] ?? "us-east");

// All that profiling takes: profiles go to PYROSCOPE_SERVER_ADDRESS (default: http://localhost:4040).
builder.Services.AddKagari(o =>
{
    o.ServiceName = "ride-share-dotnet";
    o.Labels["region"] = region.Name;
});

builder.Services.AddSingleton(region);
builder.Services.AddSingleton<DriverRoster>();
builder.Services.AddSingleton<VehicleFinder>();
builder.Services.AddSingleton<WorkerPool>();
builder.Services.AddHostedService(services => services.GetRequiredService<WorkerPool>());
builder.Services.AddSingleton<BikeService>();
builder.Services.AddSingleton<ScooterService>();
builder.Services.AddSingleton<CarService>();

var app = builder.Build();
app.MapGet("/", () => $"ride-share-dotnet in {region.Name}: /bike /scooter /car");
app.MapGet("/bike", (BikeService bikes) => bikes.Order(radius: 1));
app.MapGet("/scooter", (ScooterService scooters) => scooters.Order(radius: 2));
app.MapGet("/car", (CarService cars) => cars.Order(radius: 3));
await app.RunAsync();
