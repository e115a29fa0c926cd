namespace Kagari.Profiles;

/// <summary>Walks the lines of a text; <c>\n</c> and <c>\r\n</c> end one, the last needs no end.</summary>
internal ref struct TextLines(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Number of the current line, from 1.</summary>
    public int Number { get; private set; }

    public bool Next(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_rest.IsEmpty) return false;
        Number++;
        var end = _rest.IndexOf((byte)'\n');
        line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        if (line is [.., (byte)'\r']) line = line[..^1];
        return true;
    }
}
