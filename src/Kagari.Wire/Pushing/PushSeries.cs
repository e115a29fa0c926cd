namespace Kagari.Wire.Pushing;

/// <summary>One series of a <see cref="PushBatch"/>: where its labels and samples stand there.</summary>
public readonly record struct PushSeries(int LabelStart, int LabelCount, int SampleStart, int SampleCount);
