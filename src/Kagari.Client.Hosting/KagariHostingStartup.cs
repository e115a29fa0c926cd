using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Kagari.Client.Hosting.KagariHostingStartup))]

namespace Kagari.Client.Hosting;

/// <summary>Adds the profiler to a web server without a line of its code: <c>ASPNETCORE_HOSTINGSTARTUPASSEMBLIES=Kagari.Client.Hosting</c>.</summary>
internal sealed class KagariHostingStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddKagari());
}
