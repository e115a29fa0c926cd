namespace Kagari.Client.Collecting;

/// <summary>What tells samples of one stack apart.</summary>
/// <param name="Labels">Labels and span of the moment; null: none.</param>
/// <param name="Tag">The source's own: a thread, a type + 1; 0: none.</param>
internal readonly record struct SampleContext(LabelContext? Labels, int Tag);
