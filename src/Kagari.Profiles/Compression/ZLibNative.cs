using System.Runtime.InteropServices;

namespace Kagari.Profiles;

/// <summary>The zlib that ships with the .NET runtime, called directly.</summary>
/// <remarks>
/// GZipStream hides what a decoder of hostile input must know: it returns the bytes of a truncated stream without
/// an error, and costs about 3 KB of garbage per stream (measured, .NET 10.0). docs/decisions/0003-gunzip.md tells
/// what was weighed and what would bring GZipStream back.
/// </remarks>
internal static unsafe partial class ZLibNative
{
    internal const int Z_NO_FLUSH = 0, Z_OK = 0, Z_STREAM_END = 1, Z_BUF_ERROR = -5;

    /// <summary>15 bits of window, +16: a gzip header and trailer, both checked.</summary>
    internal const int GzipWindowBits = 15 + 16;

    private const string Library = "libSystem.IO.Compression.Native";

    [LibraryImport(Library)]
    internal static partial int CompressionNative_InflateInit2_(Stream* stream, int windowBits);

    [LibraryImport(Library)]
    internal static partial int CompressionNative_Inflate(Stream* stream, int flush);

    [LibraryImport(Library)]
    internal static partial int CompressionNative_InflateReset2_(Stream* stream, int windowBits);

    [LibraryImport(Library)]
    internal static partial int CompressionNative_InflateEnd(Stream* stream);

    /// <summary>PAL_ZStream of the runtime (pal_zlib.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Stream
    {
        public byte* NextIn;
        public byte* NextOut;
        public byte* Message;
        public void* InternalState;
        public uint AvailIn;
        public uint AvailOut;
    }
}
