namespace Kagari.Query;

/// <summary>The heaviest functions of many services.</summary>
/// <param name="Total">Value of all stacks.</param>
/// <param name="FunctionCount">How many functions there are, shown or not.</param>
/// <param name="ServiceCount">How many services have stacks.</param>
/// <param name="Functions">The heaviest first.</param>
public sealed record TopFunctions(long Total, int FunctionCount, int ServiceCount, IReadOnlyList<TopFunction> Functions);

/// <summary>A function over all services.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Self">Value of the stacks that end in it.</param>
/// <param name="Total">Value of the stacks that it is in, each counted once.</param>
/// <param name="Services">Those that have it, by the value that functions are sorted by.</param>
public sealed record TopFunction(string Name, long Self, long Total, IReadOnlyList<ServicePart> Services);

/// <summary>What of a function is one service's.</summary>
/// <param name="Service">Its name; empty for series without one.</param>
/// <param name="Self">Value of its stacks that end in the function.</param>
/// <param name="Total">Value of its stacks that the function is in.</param>
public readonly record struct ServicePart(string Service, long Self, long Total);
