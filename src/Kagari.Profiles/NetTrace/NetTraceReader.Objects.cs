using System.Buffers.Binary;
using System.Text;

namespace Kagari.Profiles;

/// <content>The stream: its header, and objects one after the other.</content>
public sealed partial class NetTraceReader
{
    private const byte TagNull = 1, TagBegin = 5, TagEnd = 6;

    /// <summary>Three tags, version, least version of a reader, length of the name.</summary>
    private const int TypeBytes = 3 + 4 + 4 + 4;

    /// <summary>Longer names of objects are none.</summary>
    private const int NameBytesMax = 64;

    /// <summary>The versions of the trace that are known.</summary>
    private const int VersionMin = 4, VersionMax = 5;

    /// <summary>The version of blocks that is known.</summary>
    private const int BlockVersion = 2;

    private State _state;
    private NetTraceInfo? _trace;

    private enum State
    {
        Start,
        Object,
        EndOfObject,
        Ended,
    }

    /// <summary>Reads one element; the bytes it took, 0 where more are <see cref="_wanted"/> or it is refused.</summary>
    private int ReadElement(ReadOnlySpan<byte> data) => _state switch
    {
        State.Start => ReadHeader(data),
        State.Object => ReadObject(data),
        _ => ReadEnd(data),
    };

    private int ReadHeader(ReadOnlySpan<byte> data)
    {
        var magic = "Nettrace"u8;
        var library = "!FastSerialization.1"u8;
        var length = magic.Length + 4 + library.Length;
        if (!Wants(magic.Length + 12, data)) return 0;
        if (!data.StartsWith(magic)) return Refuse("the file does not start with 'Nettrace'");
        var rest = data[magic.Length..];
        var size = BinaryPrimitives.ReadInt32LittleEndian(rest);
        // From version 6 on a zero, the version and its minor number are here.
        if (size == 0)
            return Refuse($"the file is of version {BinaryPrimitives.ReadUInt32LittleEndian(rest[4..])}.{BinaryPrimitives.ReadUInt32LittleEndian(rest[8..])}; this reader knows {VersionMin} and {VersionMax}");
        if (!Wants(length, data)) return 0;
        if (size != library.Length || !rest[4..].StartsWith(library)) return Refuse($"at byte {magic.Length} is not '!FastSerialization.1'");
        _state = State.Object;
        return length;
    }

    private int ReadObject(ReadOnlySpan<byte> data)
    {
        if (!Wants(1, data)) return 0;
        if (data[0] == TagNull)
        {
            _state = State.Ended;
            return _trace is null ? Refuse("the file ends before it begins") : 1;
        }
        if (!Wants(TypeBytes, data)) return 0;
        var length = BinaryPrimitives.ReadInt32LittleEndian(data[11..]);
        if (data[0] != TagBegin || data[1] != TagBegin || data[2] != TagNull || length is <= 0 or > NameBytesMax) return Refuse($"at byte {Position} no object begins");
        var start = TypeBytes + length + 1;
        if (!Wants(start, data)) return 0;
        if (data[start - 1] != TagEnd) return Refuse($"at byte {Position + start - 1} the type of an object does not end");
        var name = data.Slice(TypeBytes, length);
        var (version, needed) = (BinaryPrimitives.ReadInt32LittleEndian(data[3..]), BinaryPrimitives.ReadInt32LittleEndian(data[7..]));
        return name.SequenceEqual("Trace"u8) ? ReadTrace(data, start, version, needed) : ReadBlock(data, start, name, version, needed);
    }

    private int ReadTrace(ReadOnlySpan<byte> data, int start, int version, int needed)
    {
        if (version < VersionMin || needed > VersionMax) return Refuse($"the file is of version {version}; this reader knows {VersionMin} and {VersionMax}");
        if (_trace is not null) return Refuse($"at byte {Position} is a second trace");
        if (!Wants(start + NetTraceInfo.Bytes + 1, data)) return 0;
        if (!NetTraceInfo.TryRead(data.Slice(start, NetTraceInfo.Bytes), version, out var trace) || data[start + NetTraceInfo.Bytes] != TagEnd)
            return Refuse($"at byte {Position + start} is no trace with a clock and pointers of 4 or 8 bytes");
        _trace = trace;
        handler.OnTrace(trace);
        return start + NetTraceInfo.Bytes + 1;
    }

    private int ReadBlock(ReadOnlySpan<byte> data, int start, ReadOnlySpan<byte> name, int version, int needed)
    {
        if (_trace is not { } trace) return Refuse($"at byte {Position} is a block before the trace");
        var kind = KindOf(name);
        if (kind != BlockKind.Unknown && (needed > BlockVersion || version < BlockVersion))
            return Refuse($"the {kind} at byte {Position} is of version {version}; this reader knows {BlockVersion}");
        if (!Wants(start + 4, data)) return 0;
        var size = BinaryPrimitives.ReadInt32LittleEndian(data[start..]);
        if (size < 0) return Refuse($"the {Encoding.UTF8.GetString(name)} at byte {Position} has {size} bytes");
        // Blocks lie at multiples of four of the file.
        var padding = (int)(-(Position + start + 4) & 3);
        var content = start + 4 + padding;
        if (kind == BlockKind.Unknown)
        {
            UnknownBlocks++;
            _skip = padding + (long)size;
            _state = State.EndOfObject;
            return start + 4;
        }
        if (size > BlockBytesMax) return Refuse($"the {kind} at byte {Position} has {size} bytes; the limit is {BlockBytesMax}");
        if (!Wants((long)content + size + 1, data)) return 0;
        if (data[content + size] != TagEnd) return Refuse($"at byte {Position + content + size} the {kind} does not end");
        if (!TryReadBlock(kind, data.Slice(content, size), trace.PointerBytes, out var fault)) return Refuse($"the {kind} at byte {Position} {fault}");
        return content + size + 1;
    }

    private int ReadEnd(ReadOnlySpan<byte> data)
    {
        if (data[0] != TagEnd) return Refuse($"at byte {Position} a block does not end");
        _state = State.Object;
        return 1;
    }
}
