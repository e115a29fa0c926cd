namespace Kagari.Symbols;

/// <summary>Addresses from a first one up to, but without, an end, and what is there.</summary>
internal readonly record struct Interval(ulong Start, ulong End, int Value);
