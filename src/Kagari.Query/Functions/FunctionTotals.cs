using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Self and total of all functions of a selection, in no order.</summary>
/// <param name="Names">Names that the rows refer to.</param>
/// <param name="Rows">One row per name.</param>
/// <param name="Total">Value of the whole selection.</param>
/// <param name="Services">How many services it has.</param>
public sealed record FunctionTotals(NameTable Names, FunctionRow[] Rows, long Total, int Services);
