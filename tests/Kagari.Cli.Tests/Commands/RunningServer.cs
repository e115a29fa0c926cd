using Kagari.Server.Hosting;

namespace Kagari.Cli.Tests.Commands;

/// <summary>A server in this process on a free loopback port, with a directory that goes away with it.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private KagariServer? _server;

    internal string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("kagari-cli-").FullName;

    internal string Storage => Path.Combine(Directory, "data");

    internal string Url => _server!.Url.ToString();

    public async ValueTask InitializeAsync() => _server = await KagariServer.StartAsync(
        new ServerOptions { HttpListenAddress = "127.0.0.1", HttpListenPort = 0, StorageDirectory = Storage, MultitenancyEnabled = true, LogLevel = "error" });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>Runs a command against it as a tenant.</summary>
    internal Task<CommandRun> RunAsync(string tenant, params string[] arguments) =>
        CommandRun.OfAsync(arguments, new Dictionary<string, string> { ["KAGARI_URL"] = Url, ["KAGARI_TENANT_ID"] = tenant });

    /// <summary>The same with something piped in.</summary>
    internal Task<CommandRun> RunAsync(string tenant, byte[] input, params string[] arguments) =>
        CommandRun.OfAsync(arguments, new Dictionary<string, string> { ["KAGARI_URL"] = Url, ["KAGARI_TENANT_ID"] = tenant }, input: input);

    /// <summary>Writes a file beside the data.</summary>
    internal string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Runs a command that must succeed and complain of nothing.</summary>
    internal async Task<CommandRun> OkAsync(string tenant, params string[] arguments)
    {
        var run = await RunAsync(tenant, arguments);
        run.Error.ShouldBe("");
        run.ExitCode.ShouldBe(ExitCode.Ok);
        return run;
    }

    /// <summary>Uploads a profile.</summary>
    internal Task UploadAsync(string tenant, byte[] profile, string service = "shop", params string[] more) =>
        OkAsync(tenant, ["upload", Write($"{tenant}-{service}", profile), "--service", service, .. more]);
}
