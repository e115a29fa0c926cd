namespace Kagari.Profiles;

/// <summary>A function's part in a tree.</summary>
/// <param name="Name">Id in the table's <see cref="FunctionTable.Names"/>.</param>
/// <param name="Self">Value of the stacks that end in it.</param>
/// <param name="Total">Value of the stacks that it is in; a stack that it is in twice counts once.</param>
public readonly record struct FunctionRow(int Name, long Self, long Total);
