using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kagari.Profiles;

/// <summary>Writes varints, bytes and protobuf fields into a buffer writer, with few calls to it.</summary>
/// <remarks>Call <see cref="Flush"/> at the end. Numbers need space that <see cref="Reserve"/> made; bytes make their own.</remarks>
internal ref struct WireWriter(IBufferWriter<byte> output)
{
    /// <summary>Most bytes of a varint.</summary>
    public const int VarintBytesMax = 10;

    /// <summary>Least bytes that are asked of the output at once.</summary>
    public const int ChunkBytes = 16 << 10;

    private Span<byte> _free;
    private int _used;

    /// <summary>Bytes of a varint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf(ulong value) => ((BitOperations.Log2(value | 1) * 9) + 73) / 64;

    /// <summary>Makes space for numbers of together this many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int bytes)
    {
        if (_free.Length - _used < bytes) Refill(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value) => _free[_used++] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Varint(ulong value)
    {
        var used = _used;
        for (; value >= 0x80; value >>= 7) _free[used++] = (byte)(value | 0x80);
        _free[used++] = (byte)value;
        _used = used;
    }

    /// <summary>Copies bytes of any length.</summary>
    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _free.Length - _used)
        {
            var fits = _free.Length - _used;
            bytes[..fits].CopyTo(_free[_used..]);
            _used += fits;
            bytes = bytes[fits..];
            Refill(1);
        }
        bytes.CopyTo(_free[_used..]);
        _used += bytes.Length;
    }

    /// <summary>Hands what was written to the output.</summary>
    public void Flush()
    {
        if (_used > 0) output.Advance(_used);
        _free = default;
        _used = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refill(int bytes)
    {
        Flush();
        _free = output.GetSpan(Math.Max(bytes, ChunkBytes));
    }
}
