namespace Kagari.Query;

/// <summary>What is stored of a service in a range.</summary>
/// <param name="Service">Its name; empty for series without one.</param>
/// <param name="SeriesCount">Different label sets, those of its profile types not told apart.</param>
/// <param name="InstanceCount">Different values of the labels that tell instances apart (pod, instance, host…); 0 where no series has one.</param>
/// <param name="LastNanos">Time of the last profile.</param>
/// <param name="Types">Profile types by id.</param>
public sealed record ServiceSummary(string Service, int SeriesCount, int InstanceCount, long LastNanos, IReadOnlyList<TypeTotal> Types);

/// <summary>A profile type of a service.</summary>
/// <param name="Type">Its id.</param>
/// <param name="Total">Sum of all values.</param>
public readonly record struct TypeTotal(string Type, long Total);

/// <summary>The function of a service in which most is spent.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Self">Value of the stacks that end in it.</param>
/// <param name="Total">Value of the stacks that it is in.</param>
public sealed record HottestFunction(string Function, long Self, long Total);
