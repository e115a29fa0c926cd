using System.Buffers;
using System.IO.Compression;

namespace Kagari.Profiles;

/// <content>The compressed form, as profiles travel and rest in files.</content>
public static partial class PprofWriter
{
    /// <summary>Writes the profile as gzip. Its plain bytes are rented in one piece and never larger than needed.</summary>
    /// <param name="profile">As for <see cref="Write(FlatProfile, IBufferWriter{byte})"/>; its plain form must be smaller than 2 GiB.</param>
    /// <param name="output">Gets the bytes.</param>
    /// <param name="level">Default: fastest, as Go's <c>pprof</c> package writes profiles.</param>
    public static void WriteGzip(FlatProfile profile, IBufferWriter<byte> output, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var plain = new RentedBytes(checked((int)SizeOf(profile) + WireWriter.ChunkBytes));
        Write(profile, plain);
        using var gzip = new GZipStream(new BufferWriterStream(output), level);
        gzip.Write(plain.Written);
    }
}
