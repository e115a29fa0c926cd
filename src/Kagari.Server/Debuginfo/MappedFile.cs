using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Kagari.Server.Debuginfo;

/// <summary>A file as memory: debug information is hundreds of megabytes, of which a query touches a few pages.</summary>
/// <remarks>
/// The file must not shrink while it is mapped; objects are replaced by renaming and never written again. The mapping ends
/// when nobody holds the memory any more: whoever evicts it from a cache cannot know who still reads.
/// </remarks>
internal sealed unsafe class MappedFile : MemoryManager<byte>
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _length;

    private MappedFile(MemoryMappedViewAccessor view, int length)
    {
        (_view, _length) = (view, length);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += view.PointerOffset;
    }

#pragma warning disable CA2015 // A span does not keep the mapping alive: whoever reads keeps the memory alive until it is done (GC.KeepAlive in Symbolizer).
    ~MappedFile() => Dispose(disposing: false);
#pragma warning restore CA2015

    /// <summary>Maps a whole file.</summary>
    /// <exception cref="IOException">It cannot be read, or is larger than 2 GiB.</exception>
    public static ReadOnlyMemory<byte> Open(string path)
    {
        var length = new FileInfo(path).Length;
        if (length == 0) return default;
        if (length > int.MaxValue) throw new IOException($"'{path}' has {length} bytes; files of debug information are mapped up to {int.MaxValue}");
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        return new MappedFile(file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), (int)length).Memory;
    }

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex, default, this);

    public override void Unpin()
    {
        // Mapped memory does not move.
    }

    protected override void Dispose(bool disposing)
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
    }
}
