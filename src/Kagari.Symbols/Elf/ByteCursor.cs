using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Kagari.Symbols;

/// <summary>Reads numbers and texts of either byte order. Total: a failed read sets <see cref="Failed"/>, moves to the end and gives 0.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> data, bool isBigEndian, int position = 0)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Where the next read starts.</summary>
    public int Position = (uint)position <= (uint)data.Length ? position : data.Length;

    /// <summary>Whether a read failed.</summary>
    public bool Failed { get; private set; } = (uint)position > (uint)data.Length;

    public readonly bool IsBigEndian => isBigEndian;

    public readonly int Length => _data.Length;

    public readonly bool AtEnd => Position >= _data.Length;

    public readonly ReadOnlySpan<byte> Data => _data;

    public byte ReadByte()
    {
        if ((uint)Position < (uint)_data.Length) return _data[Position++];
        Fail();
        return 0;
    }

    public ushort ReadUInt16()
    {
        if (!Has(2)) return 0;
        var value = Unsafe.ReadUnaligned<ushort>(in _data[Position]);
        Position += 2;
        return isBigEndian == BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    public uint ReadUInt32()
    {
        if (!Has(4)) return 0;
        var value = Unsafe.ReadUnaligned<uint>(in _data[Position]);
        Position += 4;
        return isBigEndian == BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    public ulong ReadUInt64()
    {
        if (!Has(8)) return 0;
        var value = Unsafe.ReadUnaligned<ulong>(in _data[Position]);
        Position += 8;
        return isBigEndian == BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    public uint ReadUInt24()
    {
        uint a = ReadByte(), b = ReadByte(), c = ReadByte();
        return isBigEndian ? (a << 16) | (b << 8) | c : a | (b << 8) | (c << 16);
    }

    /// <summary>A number of 4 or 8 bytes: what ELF calls a word of the class, DWARF an offset.</summary>
    public ulong ReadWord(bool is64) => is64 ? ReadUInt64() : ReadUInt32();

    /// <summary>A number of 1, 2, 4 or 8 bytes.</summary>
    public ulong ReadSized(int size)
    {
        switch (size)
        {
            case 1: return ReadByte();
            case 2: return ReadUInt16();
            case 3: return ReadUInt24();
            case 4: return ReadUInt32();
            case 8: return ReadUInt64();
            default: Fail(); return 0;
        }
    }

    /// <summary>An unsigned LEB128; bits beyond 64 are dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUleb()
    {
        if ((uint)Position < (uint)_data.Length && _data[Position] < 0x80) return _data[Position++];
        return ReadLongUleb();
    }

    /// <summary>A signed LEB128; bits beyond 64 are dropped.</summary>
    public long ReadSleb()
    {
        var result = 0L;
        var shift = 0;
        while (true)
        {
            var b = ReadByte();
            if (shift < 64) result |= (long)(b & 0x7f) << shift;
            shift += 7;
            if (b >= 0x80) continue;
            if (shift < 64 && (b & 0x40) != 0) result |= -1L << shift;
            return result;
        }
    }

    public void Skip(ulong bytes)
    {
        if (bytes <= (ulong)(_data.Length - Position)) Position += (int)bytes;
        else Fail();
    }

    public ReadOnlySpan<byte> ReadBytes(ulong bytes)
    {
        var start = Position;
        Skip(bytes);
        return Failed ? default : _data[start..Position];
    }

    /// <summary>The bytes up to the next zero, which is skipped.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var rest = _data[Position..];
        var length = rest.IndexOf((byte)0);
        if (length < 0)
        {
            Fail();
            return default;
        }
        Position += length + 1;
        return rest[..length];
    }

    /// <summary>The zero-terminated text at a place of a string section, cut where it is absurdly long; empty where there is none.</summary>
    public static string TextAt(ReadOnlySpan<byte> section, ulong at)
    {
        const int TextBytesMax = 1 << 16;
        if (at >= (ulong)section.Length) return "";
        var rest = section[(int)at..];
        rest = rest[..Math.Min(rest.Length, TextBytesMax)];
        var length = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(length < 0 ? rest : rest[..length]);
    }

    public void Fail()
    {
        Failed = true;
        Position = _data.Length;
    }

    private ulong ReadLongUleb()
    {
        var result = 0UL;
        var shift = 0;
        while (true)
        {
            var b = ReadByte();
            if (shift < 64) result |= (ulong)(b & 0x7f) << shift;
            shift += 7;
            if (b < 0x80) return result;
        }
    }

    private bool Has(int bytes)
    {
        if (_data.Length - Position >= bytes) return true;
        Fail();
        return false;
    }
}
