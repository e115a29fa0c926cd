using Kagari.Client.Configuration;

namespace Kagari.Client.Hosting;

/// <summary>Starts the one profiler of this process, whoever asks for it: code, a host, or the startup hook.</summary>
internal static class ProfilerStart
{
    private static readonly Lock Gate = new();
    private static bool _endsWithProcess;

    /// <summary>What runs after this; null where profiling is switched off.</summary>
    /// <param name="configuration">Keys relative to the section, or null.</param>
    /// <param name="configure">Code that sets options, or null.</param>
    /// <param name="isNew">Whether this call started it.</param>
    /// <exception cref="ArgumentException">Code set a value that is not allowed.</exception>
    public static KagariSession? Run(IEnumerable<KeyValuePair<string, string?>>? configuration, Action<KagariOptions>? configure, out bool isNew)
    {
        var messages = new List<ProfilerMessage>();
        var options = OptionsLoader.Load(configuration, Environment.GetEnvironmentVariable, configure, messages);
        return Run(options, messages, out isNew);
    }

    /// <summary>The same with these options alone.</summary>
    /// <exception cref="ArgumentException">A value is not allowed.</exception>
    public static KagariSession? Run(KagariOptions options)
    {
        var messages = new List<ProfilerMessage>();
        OptionsLoader.Complete(options, static _ => null, messages);
        return Run(options, messages, out _);
    }

    private static KagariSession? Run(KagariOptions options, List<ProfilerMessage> messages, out bool isNew)
    {
        var log = MessageLog.Of(options);
        lock (Gate)
        {
            isNew = false;
            if (KagariProfiler.Current is { } running)
            {
                log(new ProfilerMessage(ProfilerSeverity.Information, "Profiling runs already in this process; the options of the first start stay in force."));
                return running;
            }
            foreach (var message in messages) log(message);
            if (!options.Enabled)
            {
                log(new ProfilerMessage(ProfilerSeverity.Information, "Profiling is switched off (option Enabled)."));
                return null;
            }
            isNew = true;
            // Programs that never end it: what was collected since the last upload is sent before the process is gone.
            if (!_endsWithProcess) AppDomain.CurrentDomain.ProcessExit += (_, _) => KagariProfiler.Current?.Dispose();
            _endsWithProcess = true;
            return KagariProfiler.Run(options);
        }
    }
}
