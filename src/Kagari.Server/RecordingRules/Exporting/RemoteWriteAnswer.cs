namespace Kagari.Server.RecordingRules.Exporting;

/// <summary>What became of a request.</summary>
/// <param name="Outcome">What follows.</param>
/// <param name="Status">The status, or <c>connection</c>.</param>
/// <param name="Message">What the receiver says.</param>
/// <param name="RetryAfter">How long it wants to be left alone; null where it does not say.</param>
internal sealed record RemoteWriteAnswer(Outcome Outcome, string Status, string Message, TimeSpan? RetryAfter)
{
    public static RemoteWriteAnswer Taken { get; } = new(Outcome.Taken, "200", "", null);
}

/// <summary>What follows from an answer.</summary>
internal enum Outcome
{
    /// <summary>The receiver has the samples.</summary>
    Taken,

    /// <summary>It does not want them, now or ever.</summary>
    Refused,

    /// <summary>The same request may work later.</summary>
    Later,
}
