using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.IO.Compression;
using Kagari.Testing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>A run of tests/Kagari.Workload, recorded as <c>dotnet-trace</c> does; once for all tests of a class.</summary>
/// <remarks>With KAGARI_CAPTURE it becomes the golden file of that folder (<c>build/capture.sh dotnet</c>).</remarks>
public class RecordedWorkload : IAsyncLifetime
{
    private const int CalculationMilliseconds = 1000;

    private const long Gc = 0x1, Contention = 0x4000, Exceptions = 0x8000;

    /// <summary>Modules and methods, without which addresses have no names.</summary>
    protected const long Methods = 0x8 | 0x10 | 0x20;

    private readonly TemporaryDirectory _directory = new();

    /// <summary>The trace.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>The trace as a file.</summary>
    public string Path => System.IO.Path.Combine(_directory.Path, "workload.nettrace");

    /// <summary>Bytes that the program says it allocated in one method.</summary>
    public long Allocated { get; private set; }

    /// <summary>Exceptions that the program says it caught.</summary>
    public int Caught { get; private set; }

    /// <summary>What the runtime is asked for.</summary>
    protected virtual long Keywords => Methods | Gc | Contention | Exceptions;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(Program(), CalculationMilliseconds.ToString(CultureInfo.InvariantCulture)) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            (await process.StandardOutput.ReadLineAsync()).ShouldBe("ready");
            var client = new DiagnosticsClient(process.Id);
            using (var session = await client.StartEventPipeSessionAsync(
            [
                new EventPipeProvider("Microsoft-DotNETCore-SampleProfiler", EventLevel.Informational),
                new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, Keywords),
            ], requestRundown: true, circularBufferMB: 64, CancellationToken.None))
            {
                await using var file = File.Create(Path);
                var copied = session.EventStream.CopyToAsync(file);
                await process.StandardInput.WriteLineAsync();
                var done = (await process.StandardOutput.ReadLineAsync())!.Split(' ');
                (Allocated, Caught) = (long.Parse(done[1], CultureInfo.InvariantCulture), int.Parse(done[2], CultureInfo.InvariantCulture));
                await session.StopAsync(CancellationToken.None);
                await copied;
            }
            await process.StandardInput.WriteLineAsync();
            await process.WaitForExitAsync();
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
        Bytes = await File.ReadAllBytesAsync(Path);
        if (Environment.GetEnvironmentVariable("KAGARI_CAPTURE") is { Length: > 0 } folder) await KeepAsync(folder);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task KeepAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await using var file = File.Create(System.IO.Path.Combine(folder, GoldenTrace.Name));
        await using var gzip = new GZipStream(file, CompressionLevel.SmallestSize);
        await gzip.WriteAsync(Bytes);
    }

    private static string Program()
    {
        if (Environment.GetEnvironmentVariable("KAGARI_WORKLOAD") is { Length: > 0 } named) return named;
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return System.IO.Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Workload", configuration, "Kagari.Workload");
    }
}
