namespace Kagari.Query;

/// <summary>How much is collected before it is written; tests make it small.</summary>
internal sealed record ParquetLimits
{
    /// <summary>Rows of a row group. DuckDB gives each thread whole row groups; more rows share dictionaries.</summary>
    public int RowGroupRowsMax { get; init; } = 128 << 10;

    /// <summary>Bytes that all columns of a row group hold, compressed pages and open ones.</summary>
    public int RowGroupBytesMax { get; init; } = 8 << 20;

    /// <summary>Values of a page; readers unpack a page at once.</summary>
    public int PageValuesMax { get; init; } = 64 << 10;

    /// <summary>Bytes of a page of plain values, before compression.</summary>
    public int PageBytesMax { get; init; } = 1 << 20;

    /// <summary>Bytes of a dictionary. Beyond it the rest of the column chunk is plain.</summary>
    public int DictionaryBytesMax { get; init; } = 1 << 20;
}
