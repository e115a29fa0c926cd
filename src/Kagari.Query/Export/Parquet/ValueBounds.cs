using System.Buffers.Binary;
using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Least and greatest value of a column chunk, by which readers skip row groups.</summary>
internal struct ValueBounds
{
    /// <summary>Longer texts are no help in skipping, and every reader of the footer would load them.</summary>
    private const int BytesMax = 256;

    private FlatList<byte> _min, _max;
    private bool _isKnown, _isTooLong;

    /// <summary>Whether there are bounds.</summary>
    public readonly bool Exist => _isKnown && !_isTooLong;

    public readonly ReadOnlySpan<byte> Min => _min.Span;

    public readonly ReadOnlySpan<byte> Max => _max.Span;

    public void Add(ReadOnlySpan<byte> value, ParquetType type)
    {
        if (_isTooLong) return;
        if (value.Length > BytesMax) _isTooLong = true;
        else if (!_isKnown)
        {
            _min.AddRange(value);
            _max.AddRange(value);
            _isKnown = true;
        }
        else if (Compare(value, _min.Span, type) < 0) Set(ref _min, value);
        else if (Compare(value, _max.Span, type) > 0) Set(ref _max, value);
    }

    public void Clear()
    {
        _min.Clear();
        _max.Clear();
        (_isKnown, _isTooLong) = (false, false);
    }

    private static void Set(ref FlatList<byte> bound, ReadOnlySpan<byte> value)
    {
        bound.Clear();
        bound.AddRange(value);
    }

    /// <summary>Texts by unsigned bytes, numbers by sign: the order that the format defines for each type.</summary>
    private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ParquetType type) =>
        type == ParquetType.Bytes ? left.SequenceCompareTo(right)
            : BinaryPrimitives.ReadInt64LittleEndian(left).CompareTo(BinaryPrimitives.ReadInt64LittleEndian(right));
}
