namespace Kagari.Query;

/// <summary>Knows functions and lines of addresses that profiles brought without symbols. Thread safe.</summary>
public interface IAddressResolver
{
    /// <summary>Changes whenever an answer of <see cref="ResolveAsync"/> may change; 0: nothing of this tenant can be resolved, do not ask.</summary>
    long VersionOf(string tenant);

    /// <summary>The calls at addresses of one binary.</summary>
    /// <param name="tenant">Whose debug information.</param>
    /// <param name="buildId">Names the binary; not empty.</param>
    /// <param name="addresses">The addresses.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Per address the calls, innermost inlined one first; empty where nothing is known.</returns>
    ValueTask<IReadOnlyList<IReadOnlyList<ResolvedFrame>>> ResolveAsync(
        string tenant, string buildId, IReadOnlyList<CodeAddress> addresses, CancellationToken cancellation);
}

/// <summary>An address of a process, and where its binary was mapped. Start and limit are 0 where the profile does not say.</summary>
/// <param name="Address">The address.</param>
/// <param name="MemoryStart">Where the mapping begins.</param>
/// <param name="MemoryLimit">Behind its last byte.</param>
/// <param name="FileOffset">Place in the file of its first byte.</param>
public readonly record struct CodeAddress(ulong Address, ulong MemoryStart, ulong MemoryLimit, ulong FileOffset);

/// <summary>One call at an address.</summary>
/// <param name="Function">The name for people.</param>
/// <param name="SystemName">The name for the linker.</param>
/// <param name="File">The source file; empty where it is not known.</param>
/// <param name="Line">From 1; 0 where it is not known.</param>
/// <param name="StartLine">The line on which the function is declared; 0 where it is not known.</param>
public readonly record struct ResolvedFrame(string Function, string SystemName, string File, long Line, long StartLine);

/// <summary>Knows nothing.</summary>
public sealed class NoAddressResolver : IAddressResolver
{
    /// <summary>The one there is.</summary>
    public static NoAddressResolver Instance { get; } = new();

    /// <inheritdoc/>
    public long VersionOf(string tenant) => 0;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IReadOnlyList<ResolvedFrame>>> ResolveAsync(
        string tenant, string buildId, IReadOnlyList<CodeAddress> addresses, CancellationToken cancellation) =>
        throw new InvalidOperationException("BUG: an address was to be resolved though nothing is known.");
}
