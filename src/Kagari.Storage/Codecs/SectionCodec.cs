using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Compresses and restores sections; keeps the native contexts. Not thread safe.</summary>
public sealed unsafe class SectionCodec : IDisposable
{
    /// <summary>Sections below this size are not worth a codec's own header.</summary>
    private const int CompressedBytesMin = 64;

    private readonly CodecId _preferred;
    private readonly int _level;
    private nint _compress, _decompress;

    /// <summary>A codec that prefers Zstandard and takes Brotli where libzstd.so.1 is missing.</summary>
    /// <param name="level">Zstandard level. Default 1, measured best for segments (storage.md, finding 6).</param>
    public SectionCodec(int level = 1)
        : this(Zstd.IsAvailable ? CodecId.Zstd : CodecId.Brotli, level)
    {
    }

    internal SectionCodec(CodecId preferred, int level)
    {
        _preferred = preferred;
        _level = level;
    }

    /// <summary>Frees the native contexts where <see cref="Dispose"/> was forgotten.</summary>
    ~SectionCodec() => Free();

    /// <summary>Appends the compressed form of <paramref name="raw"/> and says which codec was used.</summary>
    public CodecId Compress(ReadOnlySpan<byte> raw, ref FlatList<byte> output)
    {
        var start = output.Count;
        if (raw.Length >= CompressedBytesMin)
        {
            var written = _preferred == CodecId.Zstd ? CompressZstd(raw, ref output) : CompressBrotli(raw, ref output);
            if (written < raw.Length)
            {
                output.Truncate(start + written);
                return _preferred;
            }
            output.Truncate(start);
        }
        output.AddRange(raw);
        return CodecId.Raw;
    }

    /// <summary>Restores a section into <paramref name="raw"/>, whose length is the stored raw length; false where it does not fit.</summary>
    public bool TryDecompress(CodecId codec, ReadOnlySpan<byte> stored, Span<byte> raw, [NotNullWhen(false)] out string? error)
    {
        error = null;
        switch (codec)
        {
            case CodecId.Raw:
                if (stored.Length == raw.Length) stored.CopyTo(raw);
                else error = $"has {stored.Length} bytes; expected {raw.Length}";
                break;
            case CodecId.Zstd when !Zstd.IsAvailable:
                error = "is compressed with Zstandard and libzstd.so.1 is missing; install the package libzstd1";
                break;
            case CodecId.Zstd:
                if (_decompress == 0 && (_decompress = Zstd.ZSTD_createDCtx()) == 0) throw new IOException("Zstandard got no memory for a context.");
                nuint got;
                fixed (byte* source = stored, target = raw)
                    got = Zstd.ZSTD_decompressDCtx(_decompress, target, (nuint)raw.Length, source, (nuint)stored.Length);
                if (Zstd.ZSTD_isError(got) != 0 || got != (nuint)raw.Length) error = $"is no Zstandard frame of {raw.Length} bytes";
                break;
            case CodecId.Brotli:
                if (!BrotliDecoder.TryDecompress(stored, raw, out var count) || count != raw.Length)
                    error = $"is no Brotli stream of {raw.Length} bytes";
                break;
            default:
                error = $"has codec {(int)codec}, which this version does not know";
                break;
        }
        return error is null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Appends room for the worst case with a Zstandard frame at its start; gives the length of the frame.</summary>
    internal int CompressZstd(ReadOnlySpan<byte> raw, ref FlatList<byte> output)
    {
        if (_compress == 0 && (_compress = Zstd.ZSTD_createCCtx()) == 0) throw new IOException("Zstandard got no memory for a context.");
        var room = output.Extend((int)Zstd.ZSTD_compressBound((nuint)raw.Length));
        fixed (byte* source = raw, target = room)
        {
            var written = Zstd.ZSTD_compressCCtx(_compress, target, (nuint)room.Length, source, (nuint)raw.Length, _level);
            if (Zstd.ZSTD_isError(written) != 0) throw new InvalidOperationException("BUG: Zstandard failed to compress into a buffer of its own bound.");
            return (int)written;
        }
    }

    private static int CompressBrotli(ReadOnlySpan<byte> raw, ref FlatList<byte> output)
    {
        var room = output.Extend(BrotliEncoder.GetMaxCompressedLength(raw.Length));
        // Quality 4: the same size as zstd-3 at a third of its speed (storage.md, finding 6).
        if (!BrotliEncoder.TryCompress(raw, room, out var written, quality: 4, window: 22))
            throw new InvalidOperationException("BUG: Brotli failed to compress into a buffer of its own bound.");
        return written;
    }

    private void Free()
    {
        if (_compress != 0) _ = Zstd.ZSTD_freeCCtx(_compress);
        if (_decompress != 0) _ = Zstd.ZSTD_freeDCtx(_decompress);
        _compress = _decompress = 0;
    }
}
