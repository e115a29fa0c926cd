using System.Reflection;
using System.Runtime.InteropServices;

namespace Kagari.Server.Hosting;

/// <summary>What is running.</summary>
internal static class BuildInfo
{
    private static readonly string[] Informational =
        (typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+');

    public static string Version => Informational[0];

    /// <summary>The commit it was built from, or empty.</summary>
    public static string Revision => Informational.Length > 1 ? Informational[1] : "";

    public static string Runtime => RuntimeInformation.FrameworkDescription;
}
