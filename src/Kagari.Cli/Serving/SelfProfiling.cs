using Kagari.Client;
using Kagari.Server.Hosting;

namespace Kagari.Cli.Serving;

/// <summary>The server profiles itself with the SDK, as service <c>kagari</c>; its profiles go straight into its own storage.</summary>
internal static class SelfProfiling
{
    private const string ServiceName = "kagari";

    /// <summary>Starts; null where it is switched off.</summary>
    /// <param name="server">Takes the profiles, and is what runs here.</param>
    /// <param name="options">Whether, and as which tenant.</param>
    /// <param name="notice">Takes warnings.</param>
    public static IDisposable? Start(KagariServer server, ServerOptions options, Action<string> notice) =>
        !options.SelfProfilingEnabled ? null : KagariProfiler.Start(new KagariOptions
        {
            ServiceName = ServiceName,
            Labels = { ["version"] = KagariServer.Version },
            Sink = new ServerSink(server, options.SelfProfilingTenant),
            Log = message => Tell(message, notice),
        });

    private static void Tell(ProfilerMessage message, Action<string> notice)
    {
        // That another sampler is used, or that a budget is kept, is nothing that an operator has to know.
        if (message.Severity >= ProfilerSeverity.Warning) notice($"self-profiling: {message.Text} (self_profiling.disable_push: true switches it off)");
    }

    /// <summary>Puts profiles into the storage of this process.</summary>
    private sealed class ServerSink(KagariServer server, string tenant) : IProfileSink
    {
        public async Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken)
        {
            foreach (var profile in profiles) await server.IngestAsync(tenant, profile.Labels, profile.Pprof);
        }
    }
}
