using Kagari.Server.Tests.Clients;

namespace Kagari.Server.Tests.Examples;

/// <summary>The field's story, on live data of examples/rideshare: what people of that demo find, they find here, in three languages.</summary>
[Collection(RideshareCollection.Name)]
public sealed class RideshareTests(RideshareRun rides) : IClassFixture<RideshareRun>
{
    private const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

    /// <summary>Node's SDK counts CPU time per wall time.</summary>
    private const string NodeCpu = "process_cpu:cpu:nanoseconds:wall:nanoseconds";

    [Theory]
    [InlineData("ride-share-dotnet", Cpu)]
    [InlineData("ride-share-node", NodeCpu)]
    [InlineData("ride-share-node", "wall:wall:nanoseconds:wall:nanoseconds")]
    [InlineData("ride-share-go", Cpu)]
    public Task Vehicles_OfAllRegions_CarCostsMoreThanScooterThanBike(string service, string type) => rides.ShouldShowAsync(async () =>
    {
        var totals = await rides.TotalsAsync(type, $$"""{service_name="{{service}}"}""", "vehicle");
        double car = totals.GetValueOrDefault("car"), scooter = totals.GetValueOrDefault("scooter"), bike = totals.GetValueOrDefault("bike");
        return car > scooter && scooter > bike && bike > 0 ? "" : $"{service} {type}: car {car}, scooter {scooter}, bike {bike}";
    });

    [Theory]
    [InlineData("ride-share-dotnet", Cpu, "Rideshare.", "Rideshare.Drivers.RegionMutex.MutexLock")]
    [InlineData("ride-share-node", NodeCpu, ".mjs:", "rides.mjs:mutexLock:")]
    [InlineData("ride-share-go", Cpu, "main.", "main.mutexLock")]
    public Task EuNorth_BesideApSouth_DiffersByTheMutex(string service, string type, string code, string function) =>
        ShouldDifferByAsync(service, type, "eu-north", code, function);

    [Theory]
    [InlineData("ride-share-dotnet", "memory:alloc_size:bytes:space:bytes", "Rideshare.", "Rideshare.Workers.WorkerPool.DoWork")]
    [InlineData("ride-share-node", "memory:inuse_space:bytes:inuse_space:bytes", ".mjs:", "workers.mjs:doWork:")]
    [InlineData("ride-share-go", "memory:inuse_space:bytes:space:bytes", "main.", "main.(*workerPool).doWork")]
    public Task UsEast_BesideApSouth_MemoryIsThatOfItsWorkers(string service, string type, string code, string function) =>
        ShouldDifferByAsync(service, type, "us-east", code, function);

    [Fact]
    public Task Endpoints_OfDotNet_AreLabelledByTheMiddleware() => rides.ShouldShowAsync(async () =>
    {
        var totals = await rides.TotalsAsync(Cpu, """{service_name="ride-share-dotnet",vehicle="car"}""", "endpoint");
        return totals.Count == 1 && totals.ContainsKey("/car") ? "" : $"cars are ordered at {string.Join(", ", totals)}";
    });

    /// <summary>In the region the function has most of what the program's code has, and most of what changed; ap-south is without it.</summary>
    private Task ShouldDifferByAsync(string service, string type, string region, string code, string function) => rides.ShouldShowAsync(async () =>
    {
        var shares = await rides.DiffAsync(type, $$"""{service_name="{{service}}",region="ap-south"}""", $$"""{service_name="{{service}}",region="{{region}}"}""");
        var own = shares.Where(s => s.Key.Contains(code)).ToArray();
        if (own.Length == 0) return $"{service} {type}: none of {code} in {region}";
        var (heaviest, grown) = (own.MaxBy(s => s.Value.Right), own.MaxBy(s => s.Value.Right - s.Value.Left));
        return heaviest.Key.Contains(function) && grown.Key.Contains(function) && heaviest.Value is { Left: 0, Right: > 0.1 }
            ? ""
            : $"{service} {type}: {function} in {region}; heaviest is {heaviest}, grown most {grown}";
    });
}
