using System.Globalization;
using System.Runtime.InteropServices;

namespace Kagari.Client.Delivery;

/// <summary>The system's number of the thread that asks: by it the system counts CPU time.</summary>
internal static partial class OsThread
{
    /// <summary>The number; 0 where the system has none that we know to ask for.</summary>
    public static int CurrentId()
    {
        if (OperatingSystem.IsWindows()) return (int)GetCurrentThreadId();
        if (!OperatingSystem.IsLinux()) return 0;
        try
        {
            // "<process>/task/<thread>": a link that every thread sees differently, and no P/Invoke that musl lacks.
            var target = new FileInfo("/proc/thread-self").LinkTarget;
            return int.TryParse(Path.GetFileName(target), CultureInfo.InvariantCulture, out var id) ? id : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetCurrentThreadId();
}
