using System.IO.Compression;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Compresses pages, all of a file with one codec.</summary>
internal sealed class PageCompressor(ParquetCodec codec) : IDisposable
{
    /// <summary>Level 3 makes a tenth more bytes and is a tenth faster; 9 saves 4 % of the bytes at best, for up to a fifth of the speed (bench export with testdata/go).</summary>
    private const int ZstdLevel = 5;

    private readonly SectionCodec _zstd = new(CodecId.Zstd, ZstdLevel);

    /// <summary>Zstandard, or gzip where libzstd.so.1 is missing: every reader knows both.</summary>
    public static ParquetCodec Preferred => Zstd.IsAvailable ? ParquetCodec.Zstd : ParquetCodec.Gzip;

    public ParquetCodec Codec => codec;

    /// <summary>Appends the compressed form. It may be longer than the page: data pages of version 1 know no exception.</summary>
    public void Compress(ReadOnlySpan<byte> page, ref FlatList<byte> output)
    {
        if (codec == ParquetCodec.Zstd)
        {
            var start = output.Count;
            output.Truncate(start + _zstd.CompressZstd(page, ref output));
            return;
        }
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(page);
        output.AddRange(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public void Dispose() => _zstd.Dispose();
}
