namespace Kagari.Wire.Json;

/// <summary>Message types whose JSON is a string instead of an object.</summary>
internal enum WellKnownType
{
    None,
    Timestamp,
    Duration,
}
