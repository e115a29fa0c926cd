namespace Kagari.Storage;

/// <summary>Where a section lies and how to check and restore it.</summary>
/// <param name="Offset">Where it starts, bytes from the start of the object that holds the segment.</param>
/// <param name="StoredBytes">Length as stored.</param>
/// <param name="RawBytes">Length when restored.</param>
/// <param name="Codec">How it is compressed.</param>
/// <param name="Checksum">CRC-32C of the stored bytes.</param>
public readonly record struct Section(long Offset, int StoredBytes, int RawBytes, CodecId Codec, uint Checksum);
