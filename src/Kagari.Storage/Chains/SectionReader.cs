using System.Buffers;
using System.Collections.Concurrent;

namespace Kagari.Storage;

/// <summary>Reads, verifies and restores sections; reports damage once and by place. Thread safe.</summary>
public sealed class SectionReader(IObjectStore store, Action<StorageReport> report)
{
    private readonly ConcurrentBag<SectionCodec> _codecs = [];
    private readonly ConcurrentDictionary<(string Key, long Offset), bool> _reported = new();

    /// <summary>A section's bytes; null where it is damaged or gone, which is reported.</summary>
    /// <exception cref="IOException">The store failed for now; the bytes may be well.</exception>
    public async ValueTask<SectionBytes?> TryReadAsync(string objectKey, Section section, CancellationToken cancellation)
    {
        var stored = ArrayPool<byte>.Shared.Rent(section.StoredBytes);
        try
        {
            await store.ReadAsync(objectKey, section.Offset, stored.AsMemory(0, section.StoredBytes), cancellation);
            return TryRestore(objectKey, section, stored.AsSpan(0, section.StoredBytes));
        }
        catch (Exception e) when (e is ObjectDamagedException or ObjectNotFoundException)
        {
            ReportDamage(objectKey, section.Offset, e.Message);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    internal void ReportDamage(string objectKey, long offset, string what)
    {
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
