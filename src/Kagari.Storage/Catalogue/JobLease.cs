namespace Kagari.Storage;

/// <summary>The right to do a job until a time. Leases of one job are numbered: a late worker's number is too small.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Epoch">Its number, from 1; it is part of the names of the job's objects, so that two workers never write the same one.</param>
/// <param name="Until">When it ends.</param>
public sealed record JobLease(UInt128 JobId, long Epoch, DateTimeOffset Until);
