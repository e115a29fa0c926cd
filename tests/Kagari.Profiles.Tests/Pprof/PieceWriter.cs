using System.Buffers;

namespace Kagari.Profiles.Tests.Pprof;

/// <summary>A buffer writer that gives exactly what it is asked for, from a new array each time.</summary>
internal sealed class PieceWriter : IBufferWriter<byte>
{
    private readonly List<byte> _bytes = [];
    private byte[] _piece = [];

    public byte[] ToArray() => [.. _bytes];

    public void Advance(int count) => _bytes.AddRange(_piece.AsSpan(0, count));

    public Memory<byte> GetMemory(int sizeHint = 0) => _piece = new byte[Math.Max(sizeHint, 1)];

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
