namespace Kagari.Query;

/// <summary>Numbers of parquet.thrift.</summary>
internal static class ParquetFormat
{
    /// <summary>Encodings.</summary>
    public const int Plain = 0, Rle = 3, RleDictionary = 8;

    /// <summary>Kinds of pages.</summary>
    public const int DataPage = 0, DictionaryPage = 2;

    /// <summary>First and last bytes of a file.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;
}
