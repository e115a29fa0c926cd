namespace Kagari.Profiles;

/// <summary>Decodes recordings of the JDK Flight Recorder, as async-profiler, the JDK and their relatives write them.</summary>
/// <remarks>
/// Format: docs/formats/jfr.md; versions 1 and 2 of the chunk format of OpenJDK (jdk.jfr, JFR chunk header), which is
/// documented by its sources only. What becomes of each event: wire reference §3.2, after the peer.
/// <para>
/// <see cref="TryRead"/> reads a whole recording into tables of this instance, one set of samples per
/// <see cref="JfrProfileKind"/>; <see cref="Fill"/> then writes one of them as a profile. Total: any bytes give profiles
/// or an error, in memory and time in proportion to the input and the limits. Reused; not thread safe.
/// </para>
/// </remarks>
public sealed partial class JfrReader
{
    private readonly JfrMetadata _metadata = new();
    private readonly JfrConstants _constants = new();
    private readonly JfrRecord _record = new();
    private readonly JfrStacks _stacks = new();
    private readonly JfrLabels _labels = new();
    private readonly SampleSums[] _samples = new SampleSums[JfrProfileType.Count];
    private FlatList<(long Context, long Span, long SpanName)> _contexts;
    private HashIndex _contextIndex;
    private FlatList<byte> _text;
    private FlatList<int> _path;
    private DecodeLimits _limits = DecodeLimits.Default;
    private long _nameBytes;
    private ProfileError _error;

    /// <summary>Memory held by the tables, bytes; a pool uses it to let giants go.</summary>
    public long MemoryBytes
    {
        get
        {
            var samples = 0L;
            foreach (ref readonly var kind in _samples.AsSpan()) samples += kind.MemoryBytes;
            return _metadata.MemoryBytes + _constants.MemoryBytes + _stacks.MemoryBytes + _labels.MemoryBytes + samples + FillMemoryBytes
                + (24L * _contexts.Capacity) + _contextIndex.MemoryBytes + _text.Capacity + (4L * _path.Capacity);
        }
    }

    /// <summary>The value of the setting <c>event</c>, which says what the profiler sampled on; empty where there is none.</summary>
    public string Event { get; private set; } = "";

    /// <summary>When the first chunk was begun, nanoseconds since 1970.</summary>
    public long TimeNanos { get; private set; }

    /// <summary>Time from the begin of the first chunk to the end of the last, nanoseconds.</summary>
    public long DurationNanos { get; private set; }

    /// <summary>Whether bytes, already decompressed, start as a recording does.</summary>
    public static bool IsJfr(ReadOnlySpan<byte> bytes) => JfrChunkHeader.HasMagic(bytes);

    /// <summary>Reads a recording of any number of chunks.</summary>
    /// <param name="input">The recording, decompressed.</param>
    /// <param name="labels">The <c>LabelsSnapshot</c> beside it, decompressed; may be empty.</param>
    /// <param name="limits">Deeper stacks lose leaf frames, longer names their head; the other bounds refuse, that on samples for each kind.</param>
    /// <param name="error">Says what is wrong, and where.</param>
    public bool TryRead(ReadOnlySpan<byte> input, ReadOnlySpan<byte> labels, DecodeLimits limits, out ProfileError error)
    {
        Begin(limits);
        if (_labels.TryRead(labels, limits.SampleLabelsMax, out error)) error = ReadChunks(input);
        if (error.IsError) foreach (ref var kind in _samples.AsSpan()) kind.Clear();
        return !error.IsError;
    }

    /// <summary>Whether the recording has samples of this kind.</summary>
    public bool Has(JfrProfileKind kind) => !_samples[(int)kind].Span.IsEmpty;

    private void Begin(DecodeLimits limits)
    {
        _limits = limits;
        _error = default;
        _nameBytes = 0;
        Event = "";
        TimeNanos = DurationNanos = 0;
        _stacks.Clear();
        foreach (ref var kind in _samples.AsSpan()) kind.Clear();
        _contexts.Clear();
        _contextIndex.Clear();
        _path.Clear();
    }

    private ProfileError ReadChunks(ReadOnlySpan<byte> input)
    {
        if (_limits.BytesMax > 0 && input.Length > _limits.BytesMax)
            return new ProfileError(ProfileErrorKind.TooLarge, $"jfr: the recording of {input.Length} bytes exceeds the limit of {_limits.BytesMax} bytes");
        if (input.IsEmpty) return ProfileError.Malformed("jfr: the recording is empty");
        for (var at = 0; at < input.Length;)
        {
            if (!JfrChunkHeader.TryRead(input[at..], at, out var header, out var error)) return error;
            var cursor = new JfrCursor(input.Slice(at, header.Size), header.IsCompressed);
            if (!TryReadChunk(ref cursor, header, out var part))
                return _error.IsError ? _error : ProfileError.Malformed($"jfr: truncated or malformed {part}, in the chunk at byte {at}");
            Extend(header);
            at += header.Size;
        }
        return ProfileError.None;
    }

    /// <summary>Files of several recordings do not always have the earliest first.</summary>
    private void Extend(in JfrChunkHeader chunk)
    {
        var end = Math.Max(Saturating.Add(TimeNanos, DurationNanos), Saturating.Add(chunk.StartNanos, Math.Max(0, chunk.DurationNanos)));
        TimeNanos = TimeNanos == 0 ? chunk.StartNanos : Math.Min(TimeNanos, chunk.StartNanos);
        DurationNanos = Math.Max(0, Saturating.Add(end, TimeNanos == long.MinValue ? long.MaxValue : -TimeNanos));
    }

    private bool TryReadChunk(ref JfrCursor cursor, in JfrChunkHeader header, out string part)
    {
        if (!TryReadMetadata(ref cursor, header.Metadata))
        {
            part = $"metadata at byte {(cursor.Failed ? cursor.FailedAt : header.Metadata)}";
            return false;
        }
        if (!_constants.TryRead(ref cursor, _metadata, _record, header.Constants, out var at))
        {
            part = $"constants at byte {(cursor.Failed ? cursor.FailedAt : at)}";
            return false;
        }
        var isRead = TryReadEvents(ref cursor, out at);
        part = $"event at byte {(cursor.Failed ? cursor.FailedAt : at)}";
        return isRead;
    }

    private bool TryReadMetadata(ref JfrCursor cursor, int at)
    {
        const long MetadataType = 0;
        cursor.Seek(at, cursor.Data.Length);
        var size = cursor.ReadInt();
        var type = cursor.ReadLong();
        if (cursor.Failed || type != MetadataType || size < cursor.Position - at || size > cursor.Data.Length - at) return false;
        cursor.Seek(cursor.Position, at + size);
        _metadata.Read(ref cursor);
        return !cursor.Failed;
    }
}
