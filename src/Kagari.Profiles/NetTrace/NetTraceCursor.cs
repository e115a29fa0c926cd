using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kagari.Profiles;

/// <summary>Reads little-endian numbers and texts; what is not there is zero, and <see cref="Failed"/> says so.</summary>
internal ref struct NetTraceCursor(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    public int Position { get; private set; }

    /// <summary>Whether something was asked for that is not there.</summary>
    public bool Failed { get; private set; }

    public readonly int Left => _data.Length - Position;

    public byte ReadByte() => TryTake(1, out var bytes) ? bytes[0] : (byte)0;

    public short ReadInt16() => TryTake(2, out var bytes) ? BinaryPrimitives.ReadInt16LittleEndian(bytes) : (short)0;

    public int ReadInt32() => TryTake(4, out var bytes) ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    public uint ReadUInt32() => (uint)ReadInt32();

    public long ReadInt64() => TryTake(8, out var bytes) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    public ulong ReadUInt64() => (ulong)ReadInt64();

    /// <summary>An address of a process with pointers of so many bytes.</summary>
    public ulong ReadPointer(int bytes) => bytes == 4 ? ReadUInt32() : ReadUInt64();

    /// <summary>Seven bits a byte, the lowest first; bits beyond the 64th are dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        var bytes = _data;
        var at = Position;
        if ((uint)at < (uint)bytes.Length && bytes[at] < 0x80)
        {
            Position = at + 1;
            return bytes[at];
        }
        return ReadLongVarint();
    }

    /// <summary>The UTF-16 text up to its zero, which is passed over. It is cut off where there is none.</summary>
    public ReadOnlySpan<char> ReadText()
    {
        var rest = MemoryMarshal.Cast<byte, char>(_data[Position..]);
        var end = rest.IndexOf('\0');
        if (end < 0)
        {
            Failed = true;
            Position = _data.Length;
            return default;
        }
        Position += 2 * (end + 1);
        return rest[..end];
    }

    public ReadOnlySpan<byte> ReadBytes(int count) => TryTake(count, out var bytes) ? bytes : default;

    public void Skip(int count) => TryTake(count, out _);

    private ulong ReadLongVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (!TryTake(1, out var bytes)) return 0;
            value |= shift < 64 ? (ulong)(bytes[0] & 0x7f) << shift : 0;
            if (bytes[0] < 0x80) return value;
        }
        Failed = true;
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        if ((uint)count <= (uint)(_data.Length - Position))
        {
            bytes = _data.Slice(Position, count);
            Position += count;
            return true;
        }
        bytes = default;
        Failed = true;
        Position = _data.Length;
        return false;
    }
}
