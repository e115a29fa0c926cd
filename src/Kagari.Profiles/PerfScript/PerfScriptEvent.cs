namespace Kagari.Profiles;

/// <summary>All samples of one event of a recording.</summary>
/// <param name="Name">The event with its modifiers, as <c>cpu-clock:ppp</c>.</param>
/// <param name="Profile">Counted samples and, where periods are printed, their sum: nanoseconds for clocks, else numbers of the event.</param>
public sealed record PerfScriptEvent(string Name, FlatProfile Profile);
