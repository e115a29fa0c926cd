namespace Kagari.Server.Export;

/// <summary>Forms of an export.</summary>
internal enum ExportFormat
{
    /// <summary>A JSON object per line.</summary>
    Ndjson,

    /// <summary>RFC 4180 with a header.</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
