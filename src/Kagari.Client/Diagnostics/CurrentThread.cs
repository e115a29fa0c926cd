using System.Runtime.InteropServices;

namespace Kagari.Client.Diagnostics;

/// <summary>The operating system's number of the calling thread, as events and counters have it.</summary>
internal static partial class CurrentThread
{
    public static int Id
    {
        get
        {
            if (OperatingSystem.IsLinux()) return gettid();
            if (OperatingSystem.IsWindows()) return (int)GetCurrentThreadId();
            return pthread_threadid_np(0, out var id) == 0 ? (int)id : 0;
        }
    }

    [LibraryImport("libc")]
    private static partial int gettid();

    [LibraryImport("kernel32")]
    private static partial uint GetCurrentThreadId();

    [LibraryImport("libc")]
    private static partial int pthread_threadid_np(nint thread, out ulong id);
}
