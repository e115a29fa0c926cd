namespace Kagari.Storage;

/// <summary>Knows which segments there are and what is in them; planning a query reads nothing else.</summary>
/// <remarks>
/// Here: a manifest file with the whole state in memory. The same contract fits PostgreSQL, whose readers keep the
/// recent part in memory. Implementations are thread safe.
/// </remarks>
public interface ICatalogue
{
    /// <summary>Makes a segment visible to queries. Its object must be durable before.</summary>
    ValueTask AppendAsync(SegmentEntry segment, ReadOnlyMemory<byte> toc, CancellationToken cancellation);

    /// <summary>The chains of a tenant with data in a range of time (both ends included), of services that pass.</summary>
    IReadOnlyList<ChainSelection> Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service);

    /// <summary>All tenants.</summary>
    IReadOnlyList<string> Tenants();

    /// <summary>Times of a tenant's first and last profile; null where it has none.</summary>
    (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant);

    /// <summary>All segments, in the order they were written.</summary>
    IReadOnlyList<SegmentEntry> Segments();
}
