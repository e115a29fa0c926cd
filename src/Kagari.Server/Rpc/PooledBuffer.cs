using System.Buffers;

namespace Kagari.Server.Rpc;

/// <summary>A growing byte buffer whose arrays come from the shared pool; its one owner disposes it.</summary>
internal sealed class PooledBuffer(int sizeHint = PooledBuffer.BytesMin) : IBufferWriter<byte>, IDisposable
{
    public const int BytesMin = 4096;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, BytesMin));
    private int _length;

    public int Length => _length;

    /// <summary>Valid until the next write and until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, _length);

    /// <summary>What is written so far, to be patched in place.</summary>
    public Span<byte> WrittenSpan => _array.AsSpan(0, _length);

    public void Advance(int count)
    {
        if ((uint)count > (uint)(_array.Length - _length)) throw new ArgumentOutOfRangeException(nameof(count), count, "BUG: more than the buffer holds.");
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_length);
    }

    public void Dispose()
    {
        var array = _array;
        _array = [];
        _length = 0;
        if (array.Length > 0) ArrayPool<byte>.Shared.Return(array);
    }

    private void Reserve(int sizeHint)
    {
        if (_array.Length - _length >= Math.Max(sizeHint, 1)) return;
        var needed = checked(_length + Math.Max(sizeHint, 1));
        var doubled = (int)Math.Min(2L * _array.Length, Array.MaxLength);
        var array = ArrayPool<byte>.Shared.Rent(Math.Max(needed, doubled));
        _array.AsSpan(0, _length).CopyTo(array);
        if (_array.Length > 0) ArrayPool<byte>.Shared.Return(_array);
        _array = array;
    }
}
