namespace Kagari.Storage;

/// <summary>One written segment, for metrics.</summary>
/// <param name="Datasets">Datasets in it.</param>
/// <param name="Bytes">Bytes of its frame.</param>
/// <param name="EncodeTime">Time to encode it.</param>
/// <param name="WriteTime">Time to write it and make it durable.</param>
public readonly record struct FlushStatistics(int Datasets, long Bytes, TimeSpan EncodeTime, TimeSpan WriteTime);
