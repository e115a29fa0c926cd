using System.Collections.Frozen;

namespace Kagari.Client.Hosting;

/// <summary>Programs of the .NET SDK that inherit the startup hook from a shell or a container and that nobody wants to profile.</summary>
internal static class HelperProcess
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "dotnet", "MSBuild", "VBCSCompiler", "csc", "vbc", "fsc", "NuGet", "NuGet.CommandLine.XPlat", "NuGet.Build.Tasks.Console", "dotnet-watch", "dotnet-format",
        "dotnet-trace", "dotnet-counters", "dotnet-dump", "dotnet-gcdump", "dotnet-stack", "dotnet-monitor", "dotnet-symbol", "dotnet-sos", "dotnet-ef", "vstest.console");

    /// <summary>Whether this is one of them.</summary>
    /// <param name="entryAssembly">The name of the assembly that was started; null where a native program hosts the runtime.</param>
    public static bool IsThis(string? entryAssembly) => entryAssembly is not null && Names.Contains(entryAssembly);
}
