using System.Runtime.InteropServices;

namespace Kagari.Client;

/// <summary>What the system calls threads: the ids that events of the runtime and of the kernel have.</summary>
internal static partial class OperatingSystemThread
{
    /// <summary>The id of this thread. A system call: ask once for a thread.</summary>
    /// <remarks>Linux: the thread id as in /proc/self/task; Windows: that of GetCurrentThreadId; macOS: the low half of the system-wide one; elsewhere 0.</remarks>
    public static int CurrentId
    {
        get
        {
            if (OperatingSystem.IsLinux()) return gettid();
            if (OperatingSystem.IsWindows()) return (int)GetCurrentThreadId();
            if (OperatingSystem.IsMacOS() && pthread_threadid_np(0, out var id) == 0) return (int)id;
            return 0;
        }
    }

    // In glibc since 2.30 and in musl since 1.2.2; the runtime of .NET 10 needs newer ones.
    [LibraryImport("libc")]
    private static partial int gettid();

    [LibraryImport("kernel32")]
    private static partial uint GetCurrentThreadId();

    [LibraryImport("libc")]
    private static partial int pthread_threadid_np(nint thread, out ulong id);
}
