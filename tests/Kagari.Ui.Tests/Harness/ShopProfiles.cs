using System.Globalization;
using System.Text;
using Kagari.Testing;

namespace Kagari.Ui.Tests.Harness;

/// <summary>Two hours of three services, the same in every run: a ride-share shop whose version 1.5.0 got slower in one region.</summary>
/// <remarks>
/// <code>
/// 10:00                     11:20              12:00   15 January 2026, UTC; the browser's clock stands at 12:00
///   | rides 1.4.0             | rides 1.5.0      |      Fleet.nearest costs three times as much in eu-north
/// services  rides (bike, scooter, car; spans), payments, web
/// types     process_cpu:cpu:nanoseconds:cpu:nanoseconds, memory:alloc_objects and memory:alloc_space (period space:bytes)
/// labels    region (eu-north, us-east), version, and of samples vehicle
/// </code>
/// </remarks>
internal static class ShopProfiles
{
    public const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds", AllocatedBytes = "memory:alloc_space:bytes:space:bytes";

    /// <summary>When the profiles end, and the time that the browser believes it is.</summary>
    public static DateTimeOffset End { get; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Start { get; } = End.AddHours(-2);

    /// <summary>From when on the new version runs.</summary>
    public static DateTimeOffset Release { get; } = End.AddMinutes(-40);

    /// <summary>CPU time of the rides in all of it.</summary>
    public const long RidesTotal = 1_483_157_000_000;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private static readonly (string Service, string Stack, int Millis, int Allocations)[] Work =
    [
        ("rides", "runtime.main;main.serve;http.(*Server).Serve;rides.(*Handler).ServeHTTP;rides.(*Orders).Place;rides.(*Fleet).nearest;geo.Haversine", 900, 0),
        ("rides", "runtime.main;main.serve;http.(*Server).Serve;rides.(*Handler).ServeHTTP;rides.(*Orders).Place;rides.(*Fleet).nearest", 300, 2),
        ("rides", "runtime.main;main.serve;http.(*Server).Serve;rides.(*Handler).ServeHTTP;rides.(*Orders).Place;rides.(*Prices).quote;encoding/json.Marshal", 160, 40),
        ("rides", "runtime.main;main.serve;http.(*Server).Serve;rides.(*Handler).ServeHTTP;rides.(*Orders).Place;rides.(*Store).save;database/sql.(*DB).Exec", 220, 12),
        ("rides", "runtime.main;main.serve;http.(*Server).Serve;rides.(*Handler).ServeHTTP;encoding/json.(*Decoder).Decode", 130, 60),
        ("rides", "runtime.gcBgMarkWorker;runtime.gcDrain;runtime.scanobject", 140, 0),
        ("payments", "Program.Main;WebHost.Run;Payments.ChargeController.Post;Payments.Ledger.Append;System.Text.Json.JsonSerializer.Serialize<Entry>", 180, 90),
        ("payments", "Program.Main;WebHost.Run;Payments.ChargeController.Post;Payments.Fraud.Score;Payments.Fraud.Walk;Payments.Fraud.Walk;Payments.Fraud.Walk", 260, 5),
        ("payments", "Program.Main;WebHost.Run;Payments.ChargeController.Post;System.Security.Cryptography.SHA256.HashData", 90, 1),
        ("payments", "Program.Main;WebHost.Run;[async] Payments.Ledger.FlushAsync", 40, 8),
        ("web", "(anonymous);node:internal/process/task_queues:processTicksAndRejections;render;renderToString;Cart", 210, 70),
        ("web", "(anonymous);node:internal/process/task_queues:processTicksAndRejections;render;renderToString;Map", 150, 30),
        ("web", "(anonymous);(garbage collector)", 60, 0),
    ];

    public static Task PushAsync(HttpClient http) => Parallel.ForEachAsync(
        Enumerable.Range(0, (int)((End - Start) / Step)), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (minute, _) => await Pushes.SendAsync(http, At(Start + (minute * Step))));

    /// <summary>All series of a minute.</summary>
    private static IEnumerable<Pushes.Series> At(DateTimeOffset time)
    {
        var random = new Random((int)time.ToUnixTimeSeconds());
        foreach (var region in new[] { "eu-north", "us-east" })
            foreach (var service in new[] { "rides", "payments", "web" })
            {
                var version = service == "rides" && time >= Release ? "1.5.0" : "1.4.0";
                var (cpu, memory) = (new StringBuilder(), new StringBuilder());
                foreach (var (_, stack, millis, allocations) in Work.Where(w => w.Service == service))
                    foreach (var vehicle in service == "rides" ? new[] { "bike", "scooter", "car" } : [""])
                        Add(cpu, memory, stack, millis * Cost(stack, region, version, vehicle) * (0.9 + (random.NextDouble() / 5)), allocations, vehicle, random);
                (string, string)[] labels = [("region", region), ("version", version)];
                yield return new("process_cpu", service, Pushes.Pprof(Drawings.Profile(cpu.ToString(), "cpu:nanoseconds"), time, Step, "cpu:nanoseconds"), labels);
                yield return new("memory", service, Pushes.Pprof(Drawings.Profile(memory.ToString(), "alloc_objects:count", "alloc_space:bytes"), time, Step, "space:bytes"), labels);
            }
    }

    /// <summary>16 hexadecimal digits; a drawing takes what begins with a digit for a number.</summary>
    private static string Span(Random random) => "a" + random.NextInt64().ToString("x16", CultureInfo.InvariantCulture)[1..];

    private static double Cost(string stack, string region, string version, string vehicle)
    {
        var cost = vehicle switch { "car" => 1.5, "scooter" => 0.5, _ => 1.0 };
        if (version == "1.5.0" && region == "eu-north" && stack.Contains("(*Fleet).nearest", StringComparison.Ordinal)) cost *= 3;
        return region == "us-east" ? cost * 0.8 : cost;
    }

    private static void Add(StringBuilder cpu, StringBuilder memory, string stack, double millis, int allocations, string vehicle, Random random)
    {
        var nanos = (long)millis * 1_000_000;
        if (cpu.Length > 0) cpu.Append(" | ");
        if (vehicle.Length == 0) cpu.Append(CultureInfo.InvariantCulture, $"{stack} {nanos}");
        else
        {
            // A tenth of the work belongs to one request that was traced.
            cpu.Append(CultureInfo.InvariantCulture, $"{stack} {nanos - (nanos / 10)} {{vehicle={vehicle}}} | ")
                .Append(CultureInfo.InvariantCulture, $"{stack} {nanos / 10} {{vehicle={vehicle}, span_id={Span(random)}}}");
        }
        if (allocations == 0 && memory.Length > 0) return;
        if (memory.Length > 0) memory.Append(" | ");
        memory.Append(CultureInfo.InvariantCulture, $"{stack} {allocations * 100},{allocations * 100 * (48 + random.Next(16))}");
        if (vehicle.Length > 0) memory.Append(CultureInfo.InvariantCulture, $" {{vehicle={vehicle}}}");
    }
}
