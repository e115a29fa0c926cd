using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kagari.Client.Hosting;

/// <summary>What is added to web servers only: workers have a host, but nothing of ASP.NET Core.</summary>
internal static class WebServer
{
    /// <summary>Whether the program has ASP.NET Core. Asked before any method that names a type of it runs.</summary>
    public static bool IsPresent { get; } = Type.GetType("Microsoft.AspNetCore.Hosting.IStartupFilter, Microsoft.AspNetCore.Hosting.Abstractions") is not null;

    /// <summary>A method of its own: only where it runs are the types that it names needed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddEndpointLabel(IServiceCollection services) =>
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, EndpointLabelStartupFilter>());
}
