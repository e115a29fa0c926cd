namespace Kagari.Wire.Pushing;

/// <summary>One label: ranges of <see cref="PushBatch.Bytes"/> with valid UTF-8.</summary>
public readonly record struct PushLabel(Range Name, Range Value);
