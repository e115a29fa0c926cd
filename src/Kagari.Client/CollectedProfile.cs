namespace Kagari.Client;

/// <summary>A profile of one kind over one upload interval.</summary>
/// <param name="Labels">Labels of the series, sorted by name; <c>__name__</c> and <c>service_name</c> are among them. Labels of samples are in the profile.</param>
/// <param name="Pprof">The profile as gzip-compressed pprof.</param>
public sealed record CollectedProfile(IReadOnlyList<KeyValuePair<string, string>> Labels, ReadOnlyMemory<byte> Pprof);
