namespace Kagari.Storage;

/// <summary>Reads the table of contents of a block from the object itself: where no catalogue tells it.</summary>
internal static class BlockOpener
{
    /// <summary>The block; null with the reason where the object is no whole block.</summary>
    public static async ValueTask<(BlockEntry? Block, string Fault)> TryReadAsync(IObjectStore store, ObjectInfo info, CancellationToken cancellation)
    {
        if (info.Length < BlockFrame.TailBytes + BlockFrame.Magic.Length) return (null, $"has only {info.Length} bytes");
        var tail = new byte[BlockFrame.TailBytes];
        await store.ReadAsync(info.Key, info.Length - tail.Length, tail, cancellation);
        if (!BlockFrame.TryReadTail(tail, info.Length, out var tocBytes, out var checksum, out var fault)) return (null, fault);
        var toc = new byte[tocBytes];
        await store.ReadAsync(info.Key, info.Length - tail.Length - tocBytes, toc, cancellation);
        if (Crc32C.Of(toc) != checksum) return (null, "has a damaged table of contents");
        return BlockToc.TryDecode(toc, info.Key, info.Length) is { } block ? (block, "") : (null, "has a table of contents that cannot be read");
    }
}
