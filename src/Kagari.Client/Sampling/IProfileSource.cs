using Kagari.Client.Collecting;

namespace Kagari.Client.Sampling;

/// <summary>Something that samples this process, from when it is made until it is disposed.</summary>
/// <remarks>
/// <code>
/// CloseWindow ── 250 ms, in which the runtime tells of methods it compiled ──▶ Build ── CloseWindow …
/// </code>
/// Both are called by the profiler's thread.
/// </remarks>
internal interface IProfileSource : IDisposable
{
    /// <summary>Why samples are missing; null: none are.</summary>
    string? Problem { get; }

    /// <summary>What is sampled from now on belongs to the next window.</summary>
    void CloseWindow();

    /// <summary>Adds the profiles of the window that was closed last.</summary>
    void Build(ProfileAssembly assembly);

    /// <summary>What sampling cost in the window that was closed last, beyond the time of the profiler's threads.</summary>
    SourceCost Cost { get; }

    /// <summary>Samples from now on one <paramref name="factor"/>th of what it would: 1, 2, 4 …</summary>
    void Slow(int factor);
}
