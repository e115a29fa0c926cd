namespace Kagari.Client;

/// <summary>Takes profiles, as they are at the end of each upload interval.</summary>
public interface IProfileSink
{
    /// <summary>Takes the profiles of one interval. It need not be quick, but the next interval's wait meanwhile.</summary>
    /// <param name="profiles">One per kind of profile that has samples.</param>
    /// <param name="cancellationToken">The program ends.</param>
    Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken);
}
