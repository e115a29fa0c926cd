using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Kagari.Profiles;

/// <summary>Reads the protobuf wire format from a span. Total: a failed read sets <see cref="Failed"/> and moves to the end.</summary>
/// <remarks>Specification: protobuf.dev/programming-guides/encoding. Groups (wire types 3 and 4) are refused.</remarks>
internal ref struct ProtoCursor(ReadOnlySpan<byte> data, int start, int end)
{
    internal const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private readonly ReadOnlySpan<byte> _data = data;
    private readonly int _end = end;

    /// <summary>Where the next read starts.</summary>
    public int Position = start;

    /// <summary>Whether a read failed.</summary>
    public bool Failed;

    /// <summary>Where the first failed read started.</summary>
    public int FailedAt;

    public readonly bool AtEnd => Position >= _end;

    /// <summary>All bytes, those outside of this cursor's range too.</summary>
    public readonly ReadOnlySpan<byte> Data => _data;

    /// <summary>The next field's number and wire type; false at the end or after a failure.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextField(out int field, out int wireType)
    {
        if (Position >= _end)
        {
            field = wireType = 0;
            return false;
        }
        var tag = ReadVarint();
        wireType = (int)tag & 7;
        field = (int)(tag >> 3);
        if (tag >> 3 is 0 or > 536_870_911) Fail();
        return !Failed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        var position = Position;
        if (position < _end)
        {
            var first = _data[position];
            if (first < 0x80)
            {
                Position = position + 1;
                return first;
            }
            if (position + 1 < _end)
            {
                var second = _data[position + 1];
                if (second < 0x80)
                {
                    Position = position + 2;
                    return (first & 0x7fu) | ((ulong)second << 7);
                }
            }
        }
        return ReadLongVarint();
    }

    /// <summary>The range of a length-delimited field; empty after a failure.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadLength(out int start, out int end)
    {
        var length = ReadVarint();
        start = Position;
        if (length > (ulong)(_end - start))
        {
            Fail();
            start = end = _end;
            return;
        }
        end = start + (int)length;
        Position = end;
    }

    public readonly ProtoCursor Slice(int start, int end) => new(_data, start, end);

    /// <summary>Takes over the failure of a cursor inside this one.</summary>
    public void Join(in ProtoCursor inner)
    {
        if (inner.Failed) Fail(inner.FailedAt);
    }

    public void Skip(int wireType)
    {
        switch (wireType)
        {
            case Varint: ReadVarint(); break;
            case Fixed64: Advance(8); break;
            case Bytes: ReadLength(out _, out _); break;
            case Fixed32: Advance(4); break;
            default: Fail(); break;
        }
    }

    /// <summary>Reads a varint field's value whatever its wire type says, failing where the type is wrong.</summary>
    public ulong ReadVarintField(int wireType)
    {
        if (wireType == Varint) return ReadVarint();
        Fail();
        return 0;
    }

    /// <summary>Eight bytes, little endian.</summary>
    public ulong ReadFixed64()
    {
        if (_end - Position < sizeof(ulong))
        {
            Fail();
            return 0;
        }
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_data[Position..]);
        Position += sizeof(ulong);
        return value;
    }

    public void Fail() => Fail(Position);

    private void Fail(int at)
    {
        if (!Failed) FailedAt = at;
        Failed = true;
        Position = _end;
    }

    private void Advance(int bytes)
    {
        if (_end - Position < bytes) Fail();
        else Position += bytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadLongVarint()
    {
        ulong value = 0;
        var position = Position;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (position >= _end) break;
            var b = _data[position++];
            value |= (b & 0x7ful) << shift;
            if (b >= 0x80) continue;
            if (shift == 63 && b > 1) break;   // an eleventh bit group would not fit
            Position = position;
            return value;
        }
        Fail();
        return 0;
    }
}
