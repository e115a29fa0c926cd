using System.CommandLine;
using Kagari.Server.Configuration;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;

namespace Kagari.Cli.Serving;

/// <summary><c>kagari server</c>: everything after it is for <see cref="ServerConfiguration"/>.</summary>
internal static class ServerCommand
{
    public const string Name = "server";

    /// <summary>The entry for the list of commands; the real one never reaches the parser.</summary>
    public static Command Create() => new(Name, "Runs the server. Its own flags: kagari server --help");

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliContext context, CancellationToken cancellation)
    {
        LoadedConfiguration loaded;
        try
        {
            loaded = ServerConfiguration.Load(new ConfigurationSources(arguments, context.Environment, File.ReadAllText));
            if (loaded.Answer is { } answer)
            {
                context.Screen.Out.Write(answer);
                return ExitCode.Ok;
            }
            foreach (var notice in loaded.Notices) Notice(notice);
            using var limits = OpenLimits(loaded.Options);
            await using var server = await KagariServer.StartAsync(loaded.Options, limits, cancellation: cancellation);
            using (SelfProfiling.Start(server, loaded.Options, Notice)) await server.WaitForShutdownAsync(cancellation);
            return ExitCode.Ok;
        }
        catch (ConfigurationException e)
        {
            foreach (var error in e.Errors) context.Screen.Error.WriteLine($"kagari server: {error}");
            return ExitCode.Usage;
        }

        RuntimeOverrides? OpenLimits(ServerOptions options) =>
            options.RuntimeConfigFile.Length == 0 ? null
                : RuntimeOverrides.Open(options.RuntimeConfigFile, options.Limits, options.RuntimeConfigPeriod, context.Time, Notice);

        void Notice(string sentence) => context.Screen.Error.WriteLine($"{context.Time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} warn: {sentence}");
    }
}
