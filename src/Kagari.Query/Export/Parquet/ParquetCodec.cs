namespace Kagari.Query;

/// <summary>How pages are compressed; the numbers are those of the format.</summary>
internal enum ParquetCodec
{
    /// <summary>RFC 1952.</summary>
    Gzip = 2,

    /// <summary>RFC 8878.</summary>
    Zstd = 6,
}
