using Kagari.Profiles;

namespace Kagari.Cli.Uploading;

/// <summary>Sets the time of a pprof without encoding it again.</summary>
/// <remarks>
/// In protobuf the last value of a number wins, so the field is appended: tag <c>0x48</c> (field 9, varint) and the time.
/// To gzip it is appended as a member of its own, which RFC 1952 §2.2 allows: the bytes before stay exactly as they are.
/// </remarks>
internal static class PprofStamp
{
    private const byte TimeNanosTag = 0x48;

    /// <summary>The same profile at another time.</summary>
    public static byte[] Apply(byte[] pprof, long timeNanos)
    {
        var field = Field(timeNanos);
        if (!Gunzip.IsGzip(pprof)) return [.. pprof, .. field];
        byte[] stamped = [.. pprof, .. Member(field)];
        if (TryInflate(stamped, out _)) return stamped;
        // Behind padding no further member may follow; then the profile travels uncompressed.
        return TryInflate(pprof, out var plain) ? [.. plain, .. field] : stamped;
    }

    private static bool TryInflate(byte[] gzip, out byte[] plain)
    {
        using var gunzip = new Gunzip();
        var output = default(FlatList<byte>);
        var isWhole = gunzip.TryDecompress(gzip, ref output, bytesMax: 0, out _);
        plain = isWhole ? output.Span.ToArray() : [];
        return isWhole;
    }

    private static byte[] Field(long timeNanos)
    {
        var bytes = new List<byte> { TimeNanosTag };
        var rest = (ulong)timeNanos;
        while (rest >= 0x80)
        {
            bytes.Add((byte)(rest | 0x80));
            rest >>= 7;
        }
        bytes.Add((byte)rest);
        return [.. bytes];
    }

    private static byte[] Member(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(output, System.IO.Compression.CompressionLevel.Fastest)) gzip.Write(content);
        return output.ToArray();
    }
}
