using Kagari.Client;
using Kagari.Client.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Kagari's profiler to programs with a host.</summary>
public static class KagariServiceCollectionExtensions
{
    /// <summary>Profiles the program as long as its host runs; ASP.NET Core's requests get the label <c>endpoint</c>.</summary>
    /// <remarks>
    /// Options come from the section <c>Kagari</c> of the configuration (where there is none: <c>Pyroscope</c>), then from
    /// the environment, then from <paramref name="configure"/>. Messages go to the log, category <c>Kagari.Client</c>.
    /// A second call adds its options only. Where the profiler runs already (startup hook), it goes on as it is.
    /// What runs is <see cref="KagariProfiler.Current"/>.
    /// </remarks>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Sets options; runs when the host starts, and what it throws ends the start.</param>
    public static IServiceCollection AddKagari(this IServiceCollection services, Action<KagariOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null) services.AddSingleton(new HostedConfigure(configure));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HostedProfiler>());
        if (WebServer.IsPresent) WebServer.AddEndpointLabel(services);
        return services;
    }
}
