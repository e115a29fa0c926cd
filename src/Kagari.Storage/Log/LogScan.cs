using System.Buffers;

namespace Kagari.Storage;

/// <summary>Finds the segments of one log file from a position on; tells damage from a torn tail.</summary>
/// <remarks>
/// A frame that is not whole is a torn tail where no whole frame follows it: it was never acknowledged, so it is cut.
/// Where one follows, bytes that were acknowledged are damaged: they are reported, left in place and stepped over.
/// </remarks>
internal sealed class LogScan(IAppendStore store, ObjectInfo log, Action<StorageReport> report)
{
    private const int ProbeBytes = 1 << 20;

    public List<SegmentEntry> Segments { get; } = [];

    public List<byte[]> Tocs { get; } = [];

    /// <summary>Scans to the end. What it found is durable afterwards.</summary>
    public async Task RunAsync(long from, CancellationToken cancellation)
    {
        await FindSegmentsAsync(from, cancellation);
        if (Segments.Count == 0) return;
        // A process that died before its sync left the frame in the system's cache only. What is served from now on
        // must not vanish with the next power cut.
        using var file = store.Open(log.Key);
        file.Sync();
    }

    private async Task FindSegmentsAsync(long from, CancellationToken cancellation)
    {
        var position = from;
        while (position < log.Length)
        {
            var (segment, toc, fault) = await ReadFrameAsync(position, cancellation);
            if (segment is not null)
            {
                Segments.Add(segment);
                Tocs.Add(toc!);
                position = segment.End;
                continue;
            }
            var next = await FindFrameAsync(position + SegmentFrame.Alignment, cancellation);
            if (next < 0)
            {
                var kept = await KeepTailAsync(position, cancellation);
                store.Truncate(log.Key, position);
                report(new StorageReport(StorageReportKind.TornTail, log.Key, position,
                    $"{fault} and no whole frame follows; {log.Length - position} bytes, which were not acknowledged if the disk is sound, are cut and kept as '{kept}'."));
                return;
            }
            report(new StorageReport(StorageReportKind.Damage, log.Key, position,
                $"{fault}; the bytes up to {next} are lost, the rest is served."));
            position = next;
        }
    }

    /// <summary>Copies what is about to be cut: should it have been acknowledged and damaged, a person can still look.</summary>
    private async Task<string> KeepTailAsync(long position, CancellationToken cancellation)
    {
        const int KeptBytesMax = 64 << 20;
        var tail = new byte[(int)Math.Min(KeptBytesMax, log.Length - position)];
        await store.ReadAsync(log.Key, position, tail, cancellation);
        var key = $"lost/{log.Key[SegmentLog.Prefix.Length..]}.{position}";
        await store.PutAsync(key, tail, cancellation);
        return key;
    }

    /// <summary>Reads and verifies a frame, every section included: a frame may be torn anywhere.</summary>
    private async Task<(SegmentEntry? Segment, byte[]? Toc, string Fault)> ReadFrameAsync(long position, CancellationToken cancellation)
    {
        var head = new byte[SegmentFrame.HeaderBytes];
        if (log.Length - position < head.Length) return (null, null, "The log ends inside a frame header");
        await store.ReadAsync(log.Key, position, head, cancellation);
        if (SegmentFrame.IsOtherVersion(head, out var version))
            throw new ObjectDamagedException(log.Key, position, $"a segment of format version {version}; this program knows version {SegmentFrame.Version}, so start the newer one");
        if (!SegmentFrame.TryReadHeader(head, out var header)) return (null, null, "A frame header is not whole");
        if (header.FrameBytes > log.Length - position) return (null, null, $"A frame of {header.FrameBytes} bytes reaches beyond the end of the log");

        var buffer = ArrayPool<byte>.Shared.Rent((int)header.FrameBytes);
        try
        {
            var frame = buffer.AsMemory(0, (int)header.FrameBytes);
            await store.ReadAsync(log.Key, position, frame, cancellation);
            var toc = frame.Slice(SegmentFrame.HeaderBytes, header.TocBytes).ToArray();
            if (Crc32C.Of(toc) != header.TocChecksum) return (null, null, "The checksum of a table of contents differs");
            var datasets = SegmentToc.TryDecode(toc, position + header.PayloadStart, header.PayloadBytes);
            if (datasets is null) return (null, null, "A table of contents cannot be read");
            foreach (var section in datasets.SelectMany(d => d.Sections))
                if (Crc32C.Of(frame.Span.Slice((int)(section.Offset - position), section.StoredBytes)) != section.Checksum)
                    return (null, null, $"The checksum of the section at byte {section.Offset} differs");
            return (new SegmentEntry(log.Key, position, header.FrameBytes, datasets), toc, "");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The next position with a frame header that is whole, or −1.</summary>
    private async Task<long> FindFrameAsync(long from, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ProbeBytes);
        try
        {
            for (var start = from; log.Length - start >= SegmentFrame.HeaderBytes;)
            {
                var length = (int)Math.Min(ProbeBytes, log.Length - start);
                await store.ReadAsync(log.Key, start, buffer.AsMemory(0, length), cancellation);
                for (var at = 0; at + SegmentFrame.HeaderBytes <= length; at += SegmentFrame.Alignment)
                    if (SegmentFrame.TryReadHeader(buffer.AsSpan(at, length - at), out _)) return start + at;
                // The next window starts at the first position not looked at; windows stay aligned and overlap by less than a header.
                start += (length - SegmentFrame.HeaderBytes) / SegmentFrame.Alignment * SegmentFrame.Alignment + SegmentFrame.Alignment;
            }
            return -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
