using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Where in its source a function spends: by file and line. Exact, over whole stacks with inlined calls.</summary>
/// <param name="Self">Value of the stacks that end in the function.</param>
/// <param name="Total">Value of the stacks that it is in, each counted once.</param>
/// <param name="Files">The files that functions of this name are in, the largest total first.</param>
public sealed record FunctionLines(long Self, long Total, IReadOnlyList<FileLines> Files)
{
    /// <summary>No stack has the function.</summary>
    public static FunctionLines None { get; } = new(0, 0, []);

    /// <summary>The lines of a function in a profile that is not stored.</summary>
    /// <param name="profile">Not changed.</param>
    /// <param name="column">Which of its values.</param>
    /// <param name="function">The whole name.</param>
    public static FunctionLines Of(FlatProfile profile, int column, string function)
    {
        var sums = new LineSums(function);
        sums.Add(profile, column);
        return sums.ToLines();
    }
}

/// <summary>A file of a function.</summary>
/// <param name="File">Its path as the profile has it; empty where it is not known.</param>
/// <param name="StartLine">Where the function begins, the first of several of one name; 0 = not known.</param>
/// <param name="Self">Value of the stacks that end in the function here.</param>
/// <param name="Total">Value of the stacks that have the function here, each counted once.</param>
/// <param name="Lines">By number. Line 0 stands for lines that are not known.</param>
public sealed record FileLines(string File, long StartLine, long Self, long Total, IReadOnlyList<LineValue> Lines);

/// <summary>A line of a function.</summary>
/// <param name="Line">Its number from 1; 0 = not known.</param>
/// <param name="Self">Value of the stacks whose leaf is at this line of the function.</param>
/// <param name="Total">Value of the stacks with the function at this line, each counted once however often it is there.</param>
public readonly record struct LineValue(long Line, long Self, long Total);
