namespace Kagari.Client.Tests;

/// <summary>Tests of what the whole process shares: they run alone.</summary>
[CollectionDefinition(nameof(RecordingTests), DisableParallelization = true)]
public sealed class RecordingTests;
