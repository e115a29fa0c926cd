using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kagari.Client.Hosting;

/// <summary>Profiles a program with a host, from before its other services start until after they stopped.</summary>
internal sealed class HostedProfiler(IConfiguration configuration, ILoggerFactory loggers, IEnumerable<HostedConfigure> configures) : IHostedLifecycleService
{
    public const string Section = "Kagari", PeerSection = "Pyroscope", Category = "Kagari.Client";

    private KagariSession? _own;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger(Category);
        var section = configuration.GetSection(Section);
        if (!section.Exists()) section = configuration.GetSection(PeerSection);
        var session = ProfilerStart.Run(section.AsEnumerable(makePathsRelative: true), Configure, out var isNew);
        if (isNew) _own = session;
        return Task.CompletedTask;

        void Configure(KagariOptions options)
        {
            options.Log = message => Write(logger, message);
            foreach (var configure in configures) configure.Apply(options);
        }
    }

    /// <summary>Uploads what is there: without the thread pool, so that a shutdown under load waits no longer than it must.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _own?.Dispose();
        _own = null;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Write(ILogger logger, ProfilerMessage message)
    {
        var level = message.Severity switch
        {
            ProfilerSeverity.Error => LogLevel.Error,
            ProfilerSeverity.Warning => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        logger.Log(level, "{Message}", message.Text);
    }
}
