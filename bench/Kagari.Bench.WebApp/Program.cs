using Kagari.Bench.WebApp;
using Kagari.Client;

// Kagari.Bench.WebApp [none|Auto|PerfEvents|Sampler] [URL of a sink]: a shop that is profiled, or, with none, is not.
var source = args.Length > 0 ? args[0] : "none";
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
if (source != "none")
{
    builder.Services.AddKagari(o =>
    {
        o.ServiceName = "bench-shop";
        o.CpuSource = Enum.Parse<CpuSource>(source);
        o.ServerAddress = new Uri(args[1]);
        // What is measured is what profiling costs, not how it slows itself down.
        o.OverheadBudget = 1;
    });
}
var app = builder.Build();
var shop = new Shop();
app.MapGet("/orders/{id:int}", (int id) => shop.OrderAsync(id));
app.MapPost("/profiles/{kinds}", (string kinds) =>
{
    if (KagariProfiler.Current is { } session) session.Profiles = Enum.Parse<ProfileKinds>(kinds);
});
await app.StartAsync();
Console.WriteLine(app.Urls.First());
// Whoever started this ends it by closing its input.
await Console.In.ReadToEndAsync();
await app.StopAsync();
