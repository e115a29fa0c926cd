namespace Kagari.Profiles;

/// <summary>A function's part in two trees; zeros where a side does not have it.</summary>
/// <param name="Name">Id in the table's <see cref="FunctionTableDiff.Names"/>.</param>
/// <param name="LeftSelf">Value of the left stacks that end in it.</param>
/// <param name="LeftTotal">Value of the left stacks that it is in.</param>
/// <param name="RightSelf">Value of the right stacks that end in it.</param>
/// <param name="RightTotal">Value of the right stacks that it is in.</param>
public readonly record struct FunctionDiffRow(int Name, long LeftSelf, long LeftTotal, long RightSelf, long RightTotal);
