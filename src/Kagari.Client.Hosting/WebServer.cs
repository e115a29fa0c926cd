using Microsoft.Extensions.DependencyInjection;

namespace Kagari.Client.Hosting;

/// <summary>What is added to web servers only: workers have a host, but nothing of ASP.NET Core.</summary>
internal static class WebServer
{
    /// <summary>Whether the program has ASP.NET Core. Asked before any method that names a type of it runs.</summary>
    public static bool IsPresent { get; } = Type.GetType("Microsoft.AspNetCore.Hosting.IStartupFilter, Microsoft.AspNetCore.Hosting.Abstractions") is not null;

    public static void AddEndpointLabel(IServiceCollection services)
    {
    }
}
