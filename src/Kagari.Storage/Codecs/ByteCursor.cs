using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Kagari.Storage;

/// <summary>Reads what <see cref="VarintWriter"/> wrote. Total: a failed read sets <see cref="Failed"/> and yields zero from then on.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    public int Position;

    public bool Failed;

    public readonly bool AtEnd => Position >= _data.Length;

    public readonly int Remaining => _data.Length - Position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        var position = Position;
        if ((uint)position < (uint)_data.Length)
        {
            var first = _data[position];
            if (first < 0x80)
            {
                Position = position + 1;
                return first;
            }
        }
        return ReadLong();
    }

    /// <summary>A count or index: fails where it is larger than <paramref name="most"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt32(int most = int.MaxValue)
    {
        var value = ReadVarint();
        if (most >= 0 && value <= (uint)most) return (int)value;
        Fail();
        return 0;
    }

    public long ReadZigZag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public uint ReadUInt32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public ulong ReadUInt64() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadInt32());

    public ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)Remaining)
        {
            Fail();
            return [];
        }
        var bytes = _data.Slice(Position, length);
        Position += length;
        return bytes;
    }

    public void Fail()
    {
        Failed = true;
        Position = _data.Length;
    }

    private ulong ReadLong()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70 && Position < _data.Length; shift += 7)
        {
            var b = _data[Position++];
            value |= (b & 0x7ful) << shift;
            if (b < 0x80) return value;
        }
        Fail();
        return 0;
    }
}
