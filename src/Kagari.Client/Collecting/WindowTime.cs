namespace Kagari.Client.Collecting;

/// <summary>The stretch of time that profiles are of.</summary>
/// <param name="StartUnixNanos">When it began, nanoseconds since 1970.</param>
/// <param name="DurationNanos">How long it was.</param>
internal readonly record struct WindowTime(long StartUnixNanos, long DurationNanos);
