namespace Kagari.Query;

/// <summary>Functions of services by how much they changed between two selections.</summary>
/// <param name="LeftTotal">Value of all stacks of the left side.</param>
/// <param name="RightTotal">Value of all stacks of the right side.</param>
/// <param name="ServiceCount">How many services either side has.</param>
/// <param name="PairCount">How many pairs of a function and a service either side has, shown or not.</param>
/// <param name="Functions">Those that changed, the largest change, up or down, first.</param>
public sealed record Movers(long LeftTotal, long RightTotal, int ServiceCount, long PairCount, IReadOnlyList<Mover> Functions);

/// <summary>A function of a service.</summary>
/// <param name="Service">The service; empty for series without one.</param>
/// <param name="Function">The function.</param>
/// <param name="Left">Its values on the left side.</param>
/// <param name="Right">Its values on the right side.</param>
/// <param name="SelfChange">Right minus left of self, in the unit of the <see cref="ChangeMode"/>.</param>
/// <param name="TotalChange">Right minus left of total.</param>
public sealed record Mover(string Service, string Function, MoverSide Left, MoverSide Right, double SelfChange, double TotalChange);

/// <summary>A function of a service on one side.</summary>
/// <param name="Self">Value of the stacks that end in it.</param>
/// <param name="Total">Value of the stacks that it is in.</param>
/// <param name="ServiceTotal">Value of all stacks of the service.</param>
public readonly record struct MoverSide(long Self, long Total, long ServiceTotal);
