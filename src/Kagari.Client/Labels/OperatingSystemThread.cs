using System.Runtime.InteropServices;

namespace Kagari.Client;

/// <summary>What the system calls threads: the ids that events of the runtime and of the kernel have.</summary>
internal static partial class OperatingSystemThread
{
    /// <summary>The id of this thread; 0 where the system does not say it. A system call: ask once for a thread. Never throws: the runtime ends a program whose labels throw.</summary>
    /// <remarks>Linux: the thread id as in /proc/self/task; Windows: that of GetCurrentThreadId; macOS: the low half of the system-wide one.</remarks>
    public static int CurrentId
    {
        get
        {
            try
            {
                if (OperatingSystem.IsLinux()) return gettid();
                if (OperatingSystem.IsWindows()) return (int)GetCurrentThreadId();
                if (OperatingSystem.IsMacOS() && pthread_threadid_np(0, out var id) == 0) return (int)id;
                return 0;
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                return FromProc();
            }
        }
    }

    /// <summary>The id as /proc says it: for libraries of C without gettid, which came with glibc 2.30 and musl 1.2.2.</summary>
    public static int FromProc()
    {
        try
        {
            return new FileInfo("/proc/thread-self").LinkTarget is { } target && int.TryParse(Path.GetFileName(target), out var id) ? id : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LibraryImport("libc")]
    private static partial int gettid();

    [LibraryImport("kernel32")]
    private static partial uint GetCurrentThreadId();

    [LibraryImport("libc")]
    private static partial int pthread_threadid_np(nint thread, out ulong id);
}
