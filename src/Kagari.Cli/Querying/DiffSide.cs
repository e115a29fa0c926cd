using Kagari.Profiles;

namespace Kagari.Cli.Querying;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="Tree">Exact.</param>
/// <param name="Unit">Unit of the values.</param>
internal sealed record DiffSide(string Name, FunctionTree Tree, string Unit);
