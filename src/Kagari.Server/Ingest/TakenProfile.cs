using Kagari.Storage;

namespace Kagari.Server.Ingest;

/// <summary>What became of a profile that was taken.</summary>
/// <param name="Identity">Under which its rows are stored.</param>
/// <param name="IsAdmitted">Whether sampling kept it.</param>
/// <param name="Rows">Rows stored; 0 where no sample counts anything, or rules dropped all of it.</param>
internal readonly record struct TakenProfile(RowIdentity Identity, bool IsAdmitted, int Rows);
