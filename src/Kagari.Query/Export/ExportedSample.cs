using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>One stack of one stored profile with its own value. Valid only while it is handed out.</summary>
public readonly ref struct ExportedSample(long timeNanos, LabelSet labels, ReadOnlySpan<byte> stack, ReadOnlySpan<byte> leaf, long self)
{
    /// <summary>Time of the profile, nanoseconds since 1970.</summary>
    public long TimeNanos { get; } = timeNanos;

    /// <summary>The labels of its series.</summary>
    public LabelSet Labels { get; } = labels;

    /// <summary>Names root first, separated by <c>;</c>; a <c>;</c> in a name is <c>:</c>, a line end a blank.</summary>
    public ReadOnlySpan<byte> Stack { get; } = stack;

    /// <summary>The last of the names; empty where the stack is.</summary>
    public ReadOnlySpan<byte> Leaf { get; } = leaf;

    /// <summary>The value.</summary>
    public long Self { get; } = self;
}

/// <summary>Takes samples one by one; may wait until there is room for more.</summary>
public delegate void SampleHandler(in ExportedSample sample);
