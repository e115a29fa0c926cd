namespace Kagari.Storage;

/// <summary>The samples of one profile that belong to one group of series.</summary>
/// <param name="Group">The series.</param>
/// <param name="Samples">Indexes of the samples.</param>
/// <param name="Spans">Span of every sample of the profile, by sample index; empty where none has one.</param>
public readonly record struct ProfileRow(SeriesGroup Group, ReadOnlyMemory<int> Samples, ReadOnlyMemory<SpanId> Spans);
