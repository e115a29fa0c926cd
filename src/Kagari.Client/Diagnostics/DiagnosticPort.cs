using System.Globalization;
using System.IO.Pipes;
using System.Net.Sockets;

namespace Kagari.Client.Diagnostics;

/// <summary>The runtime's own door for diagnostic tools: here the process knocks at its own.</summary>
/// <remarks>
/// dotnet/diagnostics, IPC protocol. On Linux and macOS a socket
/// <c>{TMPDIR or /tmp}/dotnet-diagnostic-{pid}-{start of the process}-socket</c>, on Windows a pipe
/// <c>dotnet-diagnostic-{pid}</c>. One connection takes one command.
/// </remarks>
internal static class DiagnosticPort
{
    private const int ConnectMillisMax = 5000;

    /// <summary>Whether there is one; else why not, and what to try.</summary>
    public static bool TryFind(out string address, out string problem)
    {
        problem = "";
        address = OperatingSystem.IsWindows() ? $"dotnet-diagnostic-{Environment.ProcessId}" : FindSocket();
        if (address.Length > 0 && !IsDisabled()) return true;
        problem = IsDisabled()
            ? "the runtime's diagnostics are switched off by DOTNET_EnableDiagnostics=0 or DOTNET_EnableDiagnostics_IPC=0; remove that setting, or set DOTNET_EnableDiagnostics_IPC=1"
            : $"the runtime's diagnostic socket {Path.Combine(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-*-socket")} does not exist; the folder must be writable when the program starts (a read-only container needs an emptyDir there, or TMPDIR)";
        return false;
    }

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">Nobody answers there.</exception>
    public static Stream Connect(string address)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                var pipe = new NamedPipeClientStream(".", address, PipeDirection.InOut);
                pipe.Connect(ConnectMillisMax);
                return pipe;
            }
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(address));
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is SocketException or TimeoutException or UnauthorizedAccessException)
        {
            throw new IOException($"The runtime's diagnostic port {address} cannot be reached: {e.Message}", e);
        }
    }

    private static bool IsDisabled() =>
        Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics_IPC") is "0" || Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") is "0"
        || Environment.GetEnvironmentVariable("COMPlus_EnableDiagnostics") is "0";

    private static string FindSocket()
    {
        var prefix = $"dotnet-diagnostic-{Environment.ProcessId}-";
        if (OperatingSystem.IsLinux() && Path.Combine(Path.GetTempPath(), $"{prefix}{StartOfProcess()}-socket") is var exact && File.Exists(exact)) return exact;
        // Elsewhere the third part is made otherwise; a left-over of an older process with this number is not the newest.
        return Directory.EnumerateFiles(Path.GetTempPath(), $"{prefix}*-socket").OrderByDescending(File.GetCreationTimeUtc).FirstOrDefault() ?? "";
    }

    /// <summary>Field 22 of /proc/self/stat; the name, field 2, may hold blanks and brackets.</summary>
    private static string StartOfProcess()
    {
        try
        {
            var stat = File.ReadAllText("/proc/self/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Length > 19 && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? fields[19] : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";   // no /proc: the folder is searched
        }
    }
}
