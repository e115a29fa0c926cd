namespace Kagari.Storage;

/// <summary>Data that was removed, for metrics and logs.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Blocks">Blocks that were removed or written anew without it.</param>
/// <param name="Rows">Stored rows that went, without those of rollups.</param>
/// <param name="Bytes">Bytes by which the blocks shrank.</param>
public sealed record Removal(RemovalReason Reason, string Tenant, int Blocks, long Rows, long Bytes);
