using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kagari.Storage;

/// <summary>What .NET does not offer of a Unix disk: fdatasync, and fsync of a directory.</summary>
internal static partial class LocalDisk
{
    /// <summary>Makes a file's data durable; on Linux without waiting for times and other metadata.</summary>
    public static void SyncData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        if (fdatasync(file) != 0)
            throw new IOException($"fdatasync failed: {Marshal.GetLastPInvokeErrorMessage()}. Acknowledged data is safe; the log file is abandoned.");
    }

    /// <summary>Creates a directory with those above it, each durably: else a power cut takes all that was synced below.</summary>
    public static void CreateDirectory(string directory)
    {
        if (Directory.Exists(directory)) return;
        var parent = Path.GetDirectoryName(directory)!;
        CreateDirectory(parent);
        Directory.CreateDirectory(directory);
        SyncDirectory(parent);
    }

    /// <summary>Makes the names in a directory durable, so that a new file survives a power cut.</summary>
    public static void SyncDirectory(string directory)
    {
        if (!OperatingSystem.IsLinux()) return;
        var descriptor = open(directory, 0 /* O_RDONLY */);
        if (descriptor < 0) throw new IOException($"Cannot open directory '{directory}': {Marshal.GetLastPInvokeErrorMessage()}.");
        var status = fsync(descriptor);
        _ = close(descriptor);
        if (status != 0) throw new IOException($"fsync of directory '{directory}' failed.");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
