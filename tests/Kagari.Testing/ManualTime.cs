namespace Kagari.Testing;

/// <summary>A clock that stands still until a test moves it. Its timers never fire.</summary>
public sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    /// <summary>What time it is.</summary>
    public DateTimeOffset Now { get; set; } = now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
