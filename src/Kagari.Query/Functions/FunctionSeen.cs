namespace Kagari.Query;

/// <summary>When a function was first and last on a stack, by the times of profiles.</summary>
/// <param name="FirstMillis">Time of the first profile with it, milliseconds since 1970.</param>
/// <param name="FirstProfile">That profile; of several in this millisecond, the one with the largest value.</param>
/// <param name="LastMillis">Time of the last profile with it.</param>
/// <param name="LastProfile">That profile; of several in this millisecond, the one with the largest value.</param>
public sealed record FunctionSeen(long FirstMillis, Guid? FirstProfile, long LastMillis, Guid? LastProfile);
