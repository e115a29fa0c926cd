using System.Text;

namespace Kagari.Symbols;

/// <summary>Names of Rust as mangled since: version 0.</summary>
/// <remarks>
/// Grammar: Rust RFC 2603 and the symbol mangling chapter of the rustc book. Written while it is read; back references
/// read an earlier place again, so output, steps and depth are bounded.
/// </remarks>
internal ref partial struct RustDemangler
{
    private const int CharsMax = 1 << 16;
    private const int StepsMax = 1 << 18;
    private const int DepthMax = 300;

    private readonly ReadOnlySpan<char> _name;
    private readonly StringBuilder _text = new();
    private int _at;
    private int _steps;
    private int _depth;
    private int _lifetimes;
    private bool _isSilent;

    private RustDemangler(ReadOnlySpan<char> name) => _name = name;

    /// <param name="name">Starts with <c>_R</c>.</param>
    /// <returns>Null where it is not understood.</returns>
    public static string? TryDemangle(ReadOnlySpan<char> name)
    {
        // What optimizers append (.llvm.123, .0) is left out, so that all copies of a function are one.
        var end = name.IndexOfAny('.', '$');
        var reader = new RustDemangler(end < 0 ? name[2..] : name[2..end]);
        // A number would be a later version.
        if (!char.IsAsciiLetterUpper(reader.Peek()) || !reader.Path(isValue: true)) return null;
        // The crate that instantiated it is not shown.
        reader._isSilent = true;
        if (reader._at < reader._name.Length && !reader.Path(isValue: false)) return null;
        return reader._at == reader._name.Length ? reader._text.ToString() : null;
    }

    private readonly char Peek() => _at < _name.Length ? _name[_at] : '\0';

    private bool TryTake(char c)
    {
        if (Peek() != c) return false;
        _at++;
        return true;
    }

    private readonly void Write(ReadOnlySpan<char> text)
    {
        if (!_isSilent) _text.Append(text);
    }

    private bool Enter() => ++_depth <= DepthMax && ++_steps <= StepsMax && _text.Length <= CharsMax;

    /// <summary><c>_</c> is 0, <c>0_</c> is 1; digits count to 62.</summary>
    private bool TryReadNumber(out ulong number)
    {
        number = 0;
        if (TryTake('_')) return true;
        while (!TryTake('_'))
        {
            var c = Peek();
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterLower(c) ? c - 'a' + 10 : char.IsAsciiLetterUpper(c) ? c - 'A' + 36 : -1;
            if (digit < 0) return false;
            // Hashes of crates are larger than the type; their value is not shown.
            number = unchecked((number * 62) + (ulong)digit);
            _at++;
        }
        number++;
        return true;
    }

    /// <summary>The number of one of several things of one name; 0 where there is none.</summary>
    private bool TryReadDisambiguator(out ulong number)
    {
        number = 0;
        if (!TryTake('s')) return true;
        var isRead = TryReadNumber(out number);
        number++;
        return isRead;
    }

    private bool TryReadIdentifier(out ReadOnlySpan<char> identifier, out bool isPunycode)
    {
        isPunycode = TryTake('u');
        identifier = default;
        if (!char.IsAsciiDigit(Peek())) return false;
        var length = 0;
        if (!TryTake('0'))
            for (; char.IsAsciiDigit(Peek()) && length < 1 << 20; _at++) length = (length * 10) + (Peek() - '0');
        TryTake('_');
        if (length > _name.Length - _at) return false;
        identifier = _name.Slice(_at, length);
        _at += length;
        return true;
    }

    private readonly bool WriteIdentifier(ReadOnlySpan<char> identifier, bool isPunycode)
    {
        if (_isSilent) return true;
        if (isPunycode) return RustPunycode.TryDecode(identifier, _text);
        _text.Append(identifier);
        return true;
    }

    private bool Path(bool isValue)
    {
        if (!Enter()) return false;
        var isRead = PathBody(isValue);
        _depth--;
        return isRead;
    }

    private bool PathBody(bool isValue)
    {
        var kind = Peek();
        _at++;
        switch (kind)
        {
            case 'C': return TryReadDisambiguator(out _) && TryReadIdentifier(out var crate, out var isPunycode) && WriteIdentifier(crate, isPunycode);
            case 'N': return Nested(isValue);
            case 'M' or 'X':
                if (!ImplementationPath()) return false;
                return Qualified(hasTrait: kind == 'X');
            case 'Y': return Qualified(hasTrait: true);
            case 'I':
                if (!Path(isValue)) return false;
                if (isValue) Write("::");
                return Arguments();
            case 'B': return BackReference(isValue ? 'v' : 'p');
            default: return false;
        }
    }

    /// <summary><c>&lt;T&gt;</c> or <c>&lt;T as Trait&gt;</c>.</summary>
    private bool Qualified(bool hasTrait)
    {
        Write("<");
        if (!Type()) return false;
        if (hasTrait)
        {
            Write(" as ");
            if (!Path(isValue: false)) return false;
        }
        Write(">");
        return true;
    }

    /// <summary>Where an implementation stands is not shown.</summary>
    private bool ImplementationPath()
    {
        var wasSilent = _isSilent;
        _isSilent = true;
        var isRead = TryReadDisambiguator(out _) && Path(isValue: false);
        _isSilent = wasSilent;
        return isRead;
    }

    private bool Nested(bool isValue)
    {
        var space = Peek();
        _at++;
        if (!char.IsAsciiLetter(space) || !Path(isValue) || !TryReadDisambiguator(out var number) || !TryReadIdentifier(out var name, out var isPunycode)) return false;
        if (char.IsAsciiLetterLower(space))
        {
            if (name.IsEmpty) return true;
            Write("::");
            return WriteIdentifier(name, isPunycode);
        }
        Write("::{");
        Write(space switch { 'C' => "closure", 'S' => "shim", _ => [space] });
        if (!name.IsEmpty)
        {
            Write(":");
            if (!WriteIdentifier(name, isPunycode)) return false;
        }
        Write($"#{number}}}");
        return true;
    }

    private bool Arguments()
    {
        Write("<");
        for (var isFirst = true; !TryTake('E'); isFirst = false)
        {
            if (!isFirst) Write(", ");
            if (TryTake('L') ? !TryReadNumber(out var lifetime) || !Lifetime(lifetime) : TryTake('K') ? !Constant() : !Type()) return false;
        }
        Write(">");
        return true;
    }

    private bool BackReference(char kind)
    {
        var from = _at - 1;
        if (!TryReadNumber(out var target) || target >= (ulong)from) return false;
        if (_isSilent) return true;
        var back = _at;
        _at = (int)target;
        var isRead = kind switch { 'v' => Path(isValue: true), 'p' => Path(isValue: false), 't' => Type(), _ => Constant() };
        _at = back;
        return isRead;
    }
}
