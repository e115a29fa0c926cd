using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Kagari.Client.Sampling.PerfEvents;

/// <summary>The kernel's calls for counters; names are the kernel's and the C library's.</summary>
internal static unsafe partial class PerfNative
{
    public const int PROT_READ = 1, PROT_WRITE = 2, MAP_SHARED = 1;
    public const ulong PERF_FLAG_FD_CLOEXEC = 8;
    public const nuint PERF_EVENT_IOC_SET_OUTPUT = 0x2405;

    public static readonly nint MapFailed = -1;

    private static nint PerfEventOpenNumber => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 298,
        Architecture.Arm64 => 241,
        _ => -1,
    };

    /// <summary>Opens a counter of a thread on a processor; −1 with the error where it is not allowed.</summary>
    public static int PerfEventOpen(in PerfEventAttr attr, int thread, int cpu, out int error)
    {
        var number = PerfEventOpenNumber;
        error = 38;   // ENOSYS
        if (number < 0) return -1;
        fixed (PerfEventAttr* pointer = &attr)
        {
            var file = (int)syscall(number, (nint)pointer, thread, cpu, -1, (nint)PERF_FLAG_FD_CLOEXEC);
            error = file < 0 ? Marshal.GetLastPInvokeError() : 0;
            return file;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    public static partial int munmap(nint address, nuint length);

    [LibraryImport("libc")]
    public static partial int close(int file);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(int file, nuint request, nint argument);

    // A variadic function of C; on both processors above its arguments travel as if it were none.
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint attr, nint thread, nint cpu, nint group, nint flags);
}
