using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>One stack of one stored profile with its own value. Valid only while it is handed out.</summary>
public readonly ref struct ExportedSample(long timeNanos, ExportedSeries series, NameView names, ReadOnlySpan<int> stack, long self)
{
    /// <summary>Time of the profile, nanoseconds since 1970.</summary>
    public long TimeNanos { get; } = timeNanos;

    /// <summary>Its series.</summary>
    public ExportedSeries Series { get; } = series;

    /// <summary>The names of <see cref="Stack"/>. All samples of a dataset share them, so writers look a name up once.</summary>
    public NameView Names { get; } = names;

    /// <summary>Functions root first, each the number of a name.</summary>
    public ReadOnlySpan<int> Stack { get; } = stack;

    /// <summary>The value.</summary>
    public long Self { get; } = self;
}

/// <summary>Takes samples one by one; may wait until there is room for more.</summary>
public delegate void SampleHandler(in ExportedSample sample);
