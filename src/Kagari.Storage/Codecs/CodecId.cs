namespace Kagari.Storage;

/// <summary>How a section's bytes are stored. The numbers are part of the file format.</summary>
public enum CodecId : byte
{
    /// <summary>As they are.</summary>
    Raw = 0,

    /// <summary>Zstandard (RFC 8878).</summary>
    Zstd = 1,

    /// <summary>Brotli (RFC 7932).</summary>
    Brotli = 2,
}
