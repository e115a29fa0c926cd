using System.Text.Unicode;

namespace Kagari.Wire.Pushing;

/// <summary>Walks over the bytes of a push.v1.PushRequest without copying any of them.</summary>
/// <remarks>
/// <para>Keep in step with Protos/push/v1/push.proto. The format is protobuf's wire format
/// (protobuf.dev, "Encoding"):</para>
/// <code>
/// PushRequest       1: RawProfileSeries*
/// RawProfileSeries  1: LabelPair*   2: RawSample*   (3: annotations, discarded)
/// LabelPair         1: name         2: value
/// RawSample         1: raw_profile  (2: ID, discarded)
/// </code>
/// <para>Total: whatever the bytes, each <see cref="Read"/> moves forward, and the walk ends with false and either no
/// <see cref="Error"/> or one that names the byte. Unknown fields are skipped; of a field given twice the last one
/// counts. All ranges are ranges of the body given to the constructor.</para>
/// </remarks>
public ref struct PushRequestReader
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, StartGroup = 3, EndGroup = 4, Fixed32 = 5;

    /// <summary>Groups of unknown fields may nest this deep, as in protobuf's decoders.</summary>
    private const int GroupDepthMax = 100;

    private readonly ReadOnlySpan<byte> _body;
    private int _position;

    /// <summary>End of the series we are in, or -1 between two of them.</summary>
    private int _seriesEnd = -1;

    /// <summary>Begins to read; <paramref name="body"/> must live as long as the reader.</summary>
    public PushRequestReader(ReadOnlySpan<byte> body) => _body = body;

    /// <summary>What the last <see cref="Read"/> found.</summary>
    public PushToken Token { get; private set; }

    /// <summary>Name of a label: valid UTF-8.</summary>
    public Range Name { get; private set; }

    /// <summary>Value of a label: valid UTF-8.</summary>
    public Range Value { get; private set; }

    /// <summary>Bytes of a sample: pprof, gzip or plain, not looked at.</summary>
    public Range RawProfile { get; private set; }

    /// <summary>Why <see cref="Read"/> ended early; null at the regular end.</summary>
    public PushError? Error { get; private set; }

    /// <summary>Finds the next token; false at the end and at the first error.</summary>
    public bool Read()
    {
        Token = PushToken.None;
        while (Error is null)
        {
            if (_position == _seriesEnd) _seriesEnd = -1;
            if (_seriesEnd < 0)
            {
                if (_position == _body.Length) return false;
                if (!TryReadTag(_body.Length, out var field, out var wireType)) return false;
                if (field == 1 && wireType == LengthDelimited)
                {
                    if (!TryReadLength(_body.Length, out var end)) return false;
                    _seriesEnd = end;
                    return Found(PushToken.Series);
                }
                if (!TrySkip(_body.Length, field, wireType)) return false;
            }
            else
            {
                if (!TryReadTag(_seriesEnd, out var field, out var wireType)) return false;
                if (field is 1 or 2 && wireType == LengthDelimited)
                {
                    if (!TryReadLength(_seriesEnd, out var end)) return false;
                    if (field == 1) return TryReadLabel(end) && Found(PushToken.Label);
                    return TryReadSample(end) && Found(PushToken.Sample);
                }
                if (!TrySkip(_seriesEnd, field, wireType)) return false;
            }
        }
        return false;
    }

    private bool Found(PushToken token)
    {
        Token = token;
        return true;
    }

    private bool TryReadLabel(int end)
    {
        Name = Value = default;
        while (_position < end)
        {
            if (!TryReadTag(end, out var field, out var wireType)) return false;
            if (field is not (1 or 2) || wireType != LengthDelimited)
            {
                if (!TrySkip(end, field, wireType)) return false;
                continue;
            }
            if (!TryReadLength(end, out var textEnd)) return false;
            var text = _position..textEnd;
            if (!Utf8.IsValid(_body[text])) return Fail(_position, field == 1 ? "the name of a label is not valid UTF-8" : "the value of a label is not valid UTF-8");
            if (field == 1) Name = text;
            else Value = text;
            _position = textEnd;
        }
        return true;
    }

    private bool TryReadSample(int end)
    {
        RawProfile = default;
        while (_position < end)
        {
            if (!TryReadTag(end, out var field, out var wireType)) return false;
            if (field != 1 || wireType != LengthDelimited)
            {
                if (!TrySkip(end, field, wireType)) return false;
                continue;
            }
            if (!TryReadLength(end, out var bytesEnd)) return false;
            RawProfile = _position..bytesEnd;
            _position = bytesEnd;
        }
        return true;
    }

    private bool TryReadTag(int end, out int field, out int wireType)
    {
        field = wireType = 0;
        var start = _position;
        if (!TryReadVarint(end, out var tag)) return false;
        wireType = (int)(tag & 7);
        if (tag > uint.MaxValue || tag >> 3 == 0) return Fail(start, $"field number {tag >> 3}; expected 1 to 536870911");
        if (wireType > Fixed32) return Fail(start, $"wire type {wireType}; expected 0 to 5");
        field = (int)(tag >> 3);
        return true;
    }

    /// <summary>Reads a length and gives the end of what follows.</summary>
    private bool TryReadLength(int end, out int contentEnd)
    {
        contentEnd = 0;
        var start = _position;
        if (!TryReadVarint(end, out var length)) return false;
        if (length > (ulong)(end - _position)) return Fail(start, $"a length of {length} bytes, where {end - _position} remain");
        contentEnd = _position + (int)length;
        return true;
    }

    private bool TryReadVarint(int end, out ulong value)
    {
        value = 0;
        var start = _position;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_position == end) return Fail(start, "a number without its last byte");
            var b = _body[_position++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return true;
        }
        return Fail(start, "a number of more than 10 bytes");
    }

    private bool TrySkip(int end, int field, int wireType)
    {
        switch (wireType)
        {
            case Varint: return TryReadVarint(end, out _);
            case Fixed64: return TryAdvance(end, 8);
            case Fixed32: return TryAdvance(end, 4);
            case LengthDelimited:
                if (!TryReadLength(end, out var contentEnd)) return false;
                _position = contentEnd;
                return true;
            case StartGroup: return TrySkipGroup(end, field);
            default: return Fail(_position, $"the end of group {field}, which was not begun");
        }
    }

    /// <summary>Without recursion: the open groups are a stack of their field numbers.</summary>
    private bool TrySkipGroup(int end, int field)
    {
        Span<int> open = stackalloc int[GroupDepthMax];
        var depth = 0;
        open[depth++] = field;
        while (depth > 0)
        {
            if (_position == end) return Fail(_position, $"group {open[depth - 1]} has no end");
            var start = _position;
            if (!TryReadTag(end, out var inner, out var wireType)) return false;
            if (wireType == StartGroup)
            {
                if (depth == GroupDepthMax) return Fail(start, $"groups nest deeper than {GroupDepthMax}");
                open[depth++] = inner;
            }
            else if (wireType == EndGroup)
            {
                if (open[--depth] != inner) return Fail(start, $"the end of group {inner} inside group {open[depth]}");
            }
            else if (!TrySkip(end, inner, wireType))
            {
                return false;
            }
        }
        return true;
    }

    private bool TryAdvance(int end, int bytes)
    {
        if (end - _position < bytes) return Fail(_position, $"a number of {bytes} bytes, where {end - _position} remain");
        _position += bytes;
        return true;
    }

    private bool Fail(int offset, string what)
    {
        Error = new PushError(offset, what);
        return false;
    }
}
