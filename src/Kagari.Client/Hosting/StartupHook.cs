using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Kagari.Client.Hosting;

// The runtime looks for this very name, outside of any namespace.
#pragma warning disable CA1050, MA0047

/// <summary>Profiles any program without a line of its code: <c>DOTNET_STARTUP_HOOKS=/path/Kagari.Client.dll</c>.</summary>
/// <remarks>
/// The runtime calls it before the program's <c>Main</c>. Nothing that goes wrong here may reach the program. Processes
/// that only build or measure other programs inherit the variable; they are left alone (<see cref="HelperProcess"/>).
/// </remarks>
internal static class StartupHook
{
    public static void Initialize()
    {
        try
        {
            // The runtime was told of one file only; what lies beside it is found here.
            AssemblyLoadContext.Default.Resolving += LoadNeighbour;
            if (!HelperProcess.IsThis(Assembly.GetEntryAssembly()?.GetName().Name)) Start();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"kagari: error: this program is not profiled: {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>A method of its own: its types are loaded when it runs, and then the neighbours can be found.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Start()
    {
        // A neighbour that is missing must be missed here, not later by a thread of ours, which would end the program.
        GC.KeepAlive(typeof(Kagari.Profiles.FlatProfile));
        ProfilerStart.Run(null, null, out _);
    }

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Startup hooks are assembly files of their own.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimmed programs have no startup hooks.")]
    private static Assembly? LoadNeighbour(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name?.StartsWith("Kagari.", StringComparison.Ordinal) != true) return null;
        var file = Path.Combine(Path.GetDirectoryName(typeof(StartupHook).Assembly.Location) ?? "", name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
