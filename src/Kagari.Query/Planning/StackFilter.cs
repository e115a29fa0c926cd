using System.Text.RegularExpressions;

namespace Kagari.Query;

/// <summary>Which stacks and samples of the selected rows count.</summary>
public sealed record StackFilter
{
    /// <summary>Everything counts.</summary>
    public static StackFilter None { get; } = new();

    /// <summary>Function names from the root: only stacks that start so. Empty = all.</summary>
    public IReadOnlyList<string> CallSite { get; init; } = [];

    /// <summary>Only samples of these spans. Empty = all.</summary>
    public IReadOnlySet<ulong> Spans { get; init; } = new HashSet<ulong>();

    /// <summary>Only samples of these traces. Empty = all.</summary>
    public IReadOnlySet<UInt128> Traces { get; init; } = new HashSet<UInt128>();

    /// <summary>Only rows with these profile ids. Empty = all.</summary>
    public IReadOnlySet<Guid> ProfileIds { get; init; } = new HashSet<Guid>();

    /// <summary>Each of these must be the name of some frame of the stack.</summary>
    public IReadOnlyList<string> IncludeNames { get; init; } = [];

    /// <summary>None of these may be the name of a frame of the stack.</summary>
    public IReadOnlyList<string> ExcludeNames { get; init; } = [];

    /// <summary>Each of these must match some frame of the stack.</summary>
    public IReadOnlyList<Regex> IncludePatterns { get; init; } = [];

    /// <summary>None of these may match a frame of the stack.</summary>
    public IReadOnlyList<Regex> ExcludePatterns { get; init; } = [];

    /// <summary>Whether samples are chosen by span or trace.</summary>
    public bool SelectsSpans => Spans.Count > 0 || Traces.Count > 0;

    /// <summary>Whether single profiles or samples are asked for, which no sum of many can stand for.</summary>
    internal bool AsksForSingles => ProfileIds.Count > 0 || SelectsSpans;

    /// <summary>Whether stacks are chosen by their frames.</summary>
    public bool SelectsStacks => CallSite.Count > 0 || SelectsFrames;

    /// <summary>Whether the totals stored with the rows answer, without looking at samples.</summary>
    public bool SelectsAllOfRow => !SelectsSpans && !SelectsStacks;

    internal bool SelectsFrames =>
        IncludeNames.Count + ExcludeNames.Count + IncludePatterns.Count + ExcludePatterns.Count > 0;
}
