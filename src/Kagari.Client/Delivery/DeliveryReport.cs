namespace Kagari.Client.Delivery;

/// <summary>Says what is wrong with uploads: once, again when it changes or after ten minutes, and when all is well again.</summary>
/// <remarks>Used by one thread, the sender.</remarks>
internal sealed class DeliveryReport(Action<ProfilerMessage> log, TimeProvider time)
{
    public static readonly TimeSpan Repeat = TimeSpan.FromMinutes(10);

    private string? _last;
    private long _saidAt;
    private int _failed;

    /// <summary>Whether an upload ever succeeded: until then the address may be wrong, and waiting to say so helps nobody.</summary>
    public bool HasSucceeded { get; private set; }

    /// <summary>An upload was lost.</summary>
    public void Failed(ProfilerSeverity severity, string text)
    {
        _failed++;
        Say(severity, text);
    }

    /// <summary>Something is wrong, and nothing lost yet.</summary>
    public void Say(ProfilerSeverity severity, string text)
    {
        if (text == _last && time.GetElapsedTime(_saidAt) < Repeat) return;
        _last = text;
        _saidAt = time.GetTimestamp();
        log(new ProfilerMessage(severity, text));
    }

    public void Succeeded()
    {
        HasSucceeded = true;
        if (_last is null) return;
        log(new ProfilerMessage(ProfilerSeverity.Information, _failed == 0 ? "Uploads work again; none was lost." : $"Uploads work again; {_failed} {(_failed == 1 ? "was" : "were")} lost."));
        _last = null;
        _failed = 0;
    }
}
