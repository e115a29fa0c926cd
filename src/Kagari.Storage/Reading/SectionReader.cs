using System.Buffers;
using System.Collections.Concurrent;

namespace Kagari.Storage;

/// <summary>Reads, verifies and restores sections; reports damage once and by place. Thread safe.</summary>
public sealed class SectionReader(IObjectStore store, Action<StorageReport> report)
{
    /// <summary>A scanner is kept up to this many bytes: the largest page of the bench's profiles takes a tenth.</summary>
    private const long ScannerBytesMax = 8 << 20;

    private readonly ConcurrentBag<SectionCodec> _codecs = [];
    private readonly ConcurrentBag<BlockScanner> _scanners = [];
    private long _bytesRead;
    private readonly ConcurrentDictionary<(string Key, long Offset), bool> _reported = new();
    private readonly ConcurrentDictionary<string, bool> _damaged = new(StringComparer.Ordinal);

    /// <summary>A section's bytes; null where it is damaged, which is reported.</summary>
    /// <exception cref="ObjectNotFoundException">The object is gone: replaced meanwhile, or lost.</exception>
    /// <exception cref="IOException">The store failed for now; the bytes may be well.</exception>
    public async ValueTask<SectionBytes?> TryReadAsync(string objectKey, Section section, CancellationToken cancellation)
    {
        var stored = ArrayPool<byte>.Shared.Rent(section.StoredBytes);
        try
        {
            await store.ReadAsync(objectKey, section.Offset, stored.AsMemory(0, section.StoredBytes), cancellation);
            Interlocked.Add(ref _bytesRead, section.StoredBytes);
            return TryRestore(objectKey, section, stored.AsSpan(0, section.StoredBytes));
        }
        catch (ObjectDamagedException e)
        {
            ReportDamage(objectKey, section.Offset, e.Message);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    /// <summary>The bytes of sections that lie side by side, in one read; null where one is damaged, which is reported.</summary>
    /// <param name="objectKey">The object.</param>
    /// <param name="sections">In the order they lie in the object.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="IOException">The store failed for now; the bytes may be well.</exception>
    internal async ValueTask<SectionBytes[]?> TryReadRunAsync(string objectKey, Section[] sections, CancellationToken cancellation)
    {
        var start = sections[0].Offset;
        var length = checked((int)(sections[^1].Offset + sections[^1].StoredBytes - start));
        var stored = ArrayPool<byte>.Shared.Rent(length);
        var restored = new SectionBytes[sections.Length];
        try
        {
            await store.ReadAsync(objectKey, start, stored.AsMemory(0, length), cancellation);
            Interlocked.Add(ref _bytesRead, length);
            for (var i = 0; i < sections.Length; i++)
            {
                if (TryRestore(objectKey, sections[i], stored.AsSpan((int)(sections[i].Offset - start), sections[i].StoredBytes)) is { } bytes)
                {
                    restored[i] = bytes;
                    continue;
                }
                foreach (var done in restored[..i]) done.Dispose();
                return null;
            }
            return restored;
        }
        catch (Exception e) when (e is ObjectDamagedException)
        {
            ReportDamage(objectKey, start, e.Message);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    /// <summary>Reads half a page of tiles; null where it is damaged, which is reported.</summary>
    internal async ValueTask<bool> TryReadPageAsync(
        string objectKey, PageExtent extent, int streams, TilePageBytes into, CancellationToken cancellation)
    {
        var stored = ArrayPool<byte>.Shared.Rent(extent.StoredBytes);
        try
        {
            await store.ReadAsync(objectKey, extent.Offset, stored.AsMemory(0, extent.StoredBytes), cancellation);
            Interlocked.Add(ref _bytesRead, extent.StoredBytes);
            return TryRestorePage(objectKey, extent, stored.AsSpan(0, extent.StoredBytes), streams, into);
        }
        catch (ObjectDamagedException e)
        {
            ReportDamage(objectKey, extent.Offset, e.Message);
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    private bool TryRestorePage(string objectKey, PageExtent extent, ReadOnlySpan<byte> stored, int streams, TilePageBytes into)
    {
        if (Crc32C.Of(stored) is var found && found != extent.Checksum)
        {
            ReportDamage(objectKey, extent.Offset, $"A page of {stored.Length} bytes has checksum {found:x8}; expected {extent.Checksum:x8}");
            return false;
        }
        if (!_codecs.TryTake(out var codec)) codec = new SectionCodec();
        var isWhole = into.TryDecode(stored, streams, codec, out var error);
        _codecs.Add(codec);
        if (!isWhole) ReportDamage(objectKey, extent.Offset, $"A page {error}");
        return isWhole;
    }

    /// <summary>Bytes that were read from the store.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>A scanner for one query; disposing gives it back.</summary>
    internal BlockScanner RentScanner() => _scanners.TryTake(out var scanner) ? scanner : new BlockScanner(this);

    internal void Return(BlockScanner scanner)
    {
        if (scanner.MemoryBytes <= ScannerBytesMax && _scanners.Count < Environment.ProcessorCount) _scanners.Add(scanner);
    }

    /// <summary>Whether damage was found in an object.</summary>
    internal bool IsDamaged(string objectKey) => _damaged.ContainsKey(objectKey);

    /// <summary>In how many objects damage was found.</summary>
    internal int DamagedObjects => _damaged.Count;

    internal void ReportDamage(string objectKey, long offset, string what)
    {
        _damaged.TryAdd(objectKey, true);
        if (_reported.TryAdd((objectKey, offset), true))
            report(new StorageReport(StorageReportKind.Damage, objectKey, offset, $"{what}; it is left out, the rest is served."));
    }

    private SectionBytes? TryRestore(string objectKey, Section section, ReadOnlySpan<byte> stored)
    {
        if (Crc32C.Of(stored) is var found && found != section.Checksum)
        {
            ReportDamage(objectKey, section.Offset, $"A section of {stored.Length} bytes has checksum {found:x8}; expected {section.Checksum:x8}");
            return null;
        }
        var restored = new SectionBytes(section.RawBytes);
        if (!_codecs.TryTake(out var codec)) codec = new SectionCodec();
        var whole = codec.TryDecompress(section.Codec, stored, restored.Writable, out var error);
        _codecs.Add(codec);
        if (whole) return restored;
        restored.Dispose();
        ReportDamage(objectKey, section.Offset, $"A section {error}");
        return null;
    }
}

/// <summary>A restored section in a pooled array; valid until disposed.</summary>
public sealed class SectionBytes : IDisposable
{
    private readonly int _length;
    private byte[]? _array;

    internal SectionBytes(int length)
    {
        _length = length;
        _array = ArrayPool<byte>.Shared.Rent(length);
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => Writable;

    internal Span<byte> Writable
    {
        get
        {
            ObjectDisposedException.ThrowIf(_array is null, this);
            return _array.AsSpan(0, _length);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array) ArrayPool<byte>.Shared.Return(array);
    }
}
