using System.Runtime.InteropServices;

namespace Kagari.Storage;

/// <summary>libzstd by P/Invoke; the names are those of zstd.h.</summary>
internal static unsafe partial class Zstd
{
    private const string Library = "libzstd.so.1";

    /// <summary>Whether the library is there. Where it is not, new sections are written with Brotli.</summary>
    internal static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library)]
    internal static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    internal static partial nint ZSTD_createDCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_compressBound(nuint size);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_compressCCtx(nint context, byte* target, nuint capacity, byte* source, nuint size, int level);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_decompressDCtx(nint context, byte* target, nuint capacity, byte* source, nuint size);

    [LibraryImport(Library)]
    internal static partial uint ZSTD_isError(nuint code);
}
