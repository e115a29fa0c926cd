using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Kagari.Profiles;

/// <summary>Reads the values of one chunk. Total: a failed read sets <see cref="Failed"/> and moves to the end.</summary>
/// <remarks>
/// One cursor walks a whole chunk, so that <see cref="TryStep"/> bounds all work on it: classes without fields take no
/// bytes, and a few of them nested in each other would otherwise be walked through for years.
/// </remarks>
internal ref struct JfrCursor
{
    private readonly ReadOnlySpan<byte> _data;
    private int _end;
    private long _steps;

    public JfrCursor(ReadOnlySpan<byte> chunk, bool isCompressed)
    {
        _data = chunk;
        _end = chunk.Length;
        IsCompressed = isCompressed;
        // A value has a byte at least, and is walked through at most three times. Classes around it come on top.
        _steps = (16L * chunk.Length) + 4096;
    }

    /// <summary>Where the next read starts.</summary>
    public int Position;

    /// <summary>Whether a read failed.</summary>
    public bool Failed { get; private set; }

    /// <summary>Where the first failed read started.</summary>
    public int FailedAt { get; private set; }

    /// <summary>See <see cref="JfrChunkHeader"/>.</summary>
    public readonly bool IsCompressed { get; }

    /// <summary>The whole chunk.</summary>
    public readonly ReadOnlySpan<byte> Data => _data;

    public readonly bool AtEnd => Position >= _end;

    /// <summary>Goes on at another place, up to another end. A failure stays one.</summary>
    public void Seek(int start, int end) => (Position, _end) = Failed ? (_end, _end) : (start, end);

    /// <summary>Counts a piece of work; false where a chunk of this size cannot honestly need more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryStep()
    {
        if (--_steps >= 0) return !Failed;
        Fail();
        return false;
    }

    public byte ReadByte()
    {
        if (Position < _end) return _data[Position++];
        Fail();
        return 0;
    }

    public int ReadShort() => IsCompressed ? (int)ReadVarint() : (int)ReadFixed(2);

    public int ReadInt() => IsCompressed ? (int)ReadVarint() : (int)ReadFixed(4);

    public long ReadLong() => IsCompressed ? ReadVarint() : ReadFixed(8);

    /// <summary>How many entries follow, each of a byte at least: more than there are bytes fails, before anyone makes room for them.</summary>
    public int ReadCount()
    {
        var start = Position;
        var count = ReadInt();
        if ((uint)count <= (uint)(_end - Position)) return count;
        Position = start;
        Fail();
        return 0;
    }

    public void Skip(int bytes)
    {
        if ((uint)bytes > (uint)(_end - Position)) Fail();
        else Position += bytes;
    }

    /// <summary>A string: where it lies, not its characters.</summary>
    public JfrText ReadText()
    {
        var encoding = (JfrTextEncoding)ReadByte();
        switch (encoding)
        {
            case JfrTextEncoding.None or JfrTextEncoding.Empty:
                return default;
            case JfrTextEncoding.Constant:
                return new JfrText(0, 0, encoding, ReadLong());
            case JfrTextEncoding.Utf8 or JfrTextEncoding.Latin1:
                var length = ReadCount();
                var start = Position;
                Skip(length);
                return new JfrText(start, Position - start, encoding, 0);
            case JfrTextEncoding.Characters:
                var characters = ReadCount();
                var first = Position;
                while (characters-- > 0 && TryStep()) ReadShort();
                return Failed ? default : new JfrText(first, Position - first, encoding, 0);
            default:
                Position--;
                Fail();
                return default;
        }
    }

    public void Fail()
    {
        if (!Failed) FailedAt = Position;
        Failed = true;
        Position = _end;
    }

    /// <summary>LEB128 whose ninth byte, if there is one, has eight bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ReadVarint()
    {
        if (Position < _end && _data[Position] is var first and < 0x80)
        {
            Position++;
            return first;
        }
        return ReadLongVarint();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long ReadLongVarint()
    {
        ulong value = 0;
        var position = Position;
        for (var shift = 0; position < _end; shift += 7)
        {
            var b = _data[position++];
            var isLast = shift == 56;
            value |= (isLast ? b : b & 0x7ful) << shift;
            if (!isLast && b >= 0x80) continue;
            Position = position;
            return (long)value;
        }
        Fail();
        return 0;
    }

    private long ReadFixed(int bytes)
    {
        if (_end - Position < bytes)
        {
            Fail();
            return 0;
        }
        var at = _data[Position..];
        Position += bytes;
        return bytes switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(at),
            4 => BinaryPrimitives.ReadInt32BigEndian(at),
            _ => BinaryPrimitives.ReadInt64BigEndian(at),
        };
    }
}
