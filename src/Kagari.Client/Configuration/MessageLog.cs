namespace Kagari.Client.Configuration;

/// <summary>Where messages go: to the log of the options or to standard error, if they are severe enough.</summary>
internal static class MessageLog
{
    /// <summary>More severe than every message.</summary>
    public const ProfilerSeverity Off = ProfilerSeverity.Error + 1;

    /// <summary>What every part of the profiler tells its messages to. It never throws and can be called by any thread.</summary>
    public static Action<ProfilerMessage> Of(KagariOptions options)
    {
        var least = options.LogLevel ?? (options.Log is null ? ProfilerSeverity.Warning : ProfilerSeverity.Information);
        var log = options.Log ?? (message => Console.Error.WriteLine($"kagari: {message.Severity.ToString().ToLowerInvariant()}: {message.Text}"));
        return message =>
        {
            if (message.Severity < least) return;
            try
            {
                log(message);
            }
            catch (Exception)
            {
                // The program's log failed. That must not end profiling, and there is no other place to say it.
            }
        };
    }
}
