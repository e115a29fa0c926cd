using System.Globalization;
using System.Text;

namespace Kagari.Symbols;

internal ref partial struct RustDemangler
{
    private static string? Basic(char c) => c switch
    {
        'a' => "i8",
        'b' => "bool",
        'c' => "char",
        'd' => "f64",
        'e' => "str",
        'f' => "f32",
        'h' => "u8",
        'i' => "isize",
        'j' => "usize",
        'l' => "i32",
        'm' => "u32",
        'n' => "i128",
        'o' => "u128",
        's' => "i16",
        't' => "u16",
        'u' => "()",
        'v' => "...",
        'x' => "i64",
        'y' => "u64",
        'z' => "!",
        'p' => "_",
        _ => null,
    };

    private bool Type()
    {
        if (!Enter()) return false;
        var isRead = TypeBody();
        _depth--;
        return isRead;
    }

    private bool TypeBody()
    {
        var kind = Peek();
        _at++;
        if (Basic(kind) is { } basic)
        {
            Write(basic);
            return true;
        }
        switch (kind)
        {
            case 'A' or 'S':
                Write("[");
                if (!Type()) return false;
                if (kind == 'A')
                {
                    Write("; ");
                    if (!Constant()) return false;
                }
                Write("]");
                return true;
            case 'T':
                Write("(");
                if (!Types(out var count)) return false;
                Write(count == 1 ? ",)" : ")");
                return true;
            case 'R' or 'Q':
                Write("&");
                if (TryTake('L'))
                {
                    if (!TryReadNumber(out var lifetime)) return false;
                    if (lifetime != 0)
                    {
                        if (!Lifetime(lifetime)) return false;
                        Write(" ");
                    }
                }
                if (kind == 'Q') Write("mut ");
                return Type();
            case 'P' or 'O':
                Write(kind == 'P' ? "*const " : "*mut ");
                return Type();
            case 'F': return InBinder(isFunction: true);
            case 'D': return Dynamic();
            case 'B': return BackReference('t');
            default:
                _at--;
                return Path(isValue: false);
        }
    }

    private bool Types(out int count)
    {
        for (count = 0; !TryTake('E'); count++)
        {
            if (count > 0) Write(", ");
            if (!Type()) return false;
        }
        return true;
    }

    /// <summary>Lifetimes are numbered from the innermost binder outwards, and named from the outermost one inwards.</summary>
    private readonly bool Lifetime(ulong index)
    {
        if (index == 0)
        {
            Write("'_");
            return true;
        }
        if (index > (ulong)_lifetimes) return _isSilent;
        var depth = _lifetimes - (int)index;
        Write(depth < 26 ? $"'{(char)('a' + depth)}" : $"'_{depth}");
        return true;
    }

    private bool InBinder(bool isFunction)
    {
        const int LifetimesMax = 100;
        var bound = 0UL;
        if (TryTake('G'))
        {
            if (!TryReadNumber(out bound) || ++bound is 0 or > LifetimesMax) return false;
            Write("for<");
            for (var i = 0; i < (int)bound; i++)
            {
                if (i > 0) Write(", ");
                _lifetimes++;
                Lifetime(1);
            }
            Write("> ");
        }
        var isRead = isFunction ? Function() : Traits();
        _lifetimes -= (int)bound;
        return isRead;
    }

    private bool Function()
    {
        if (TryTake('U')) Write("unsafe ");
        if (TryTake('K'))
        {
            Write("extern \"");
            if (TryTake('C')) Write("C");
            else if (TryReadIdentifier(out var abi, out _)) Write(abi.ToString().Replace('_', '-'));
            else return false;
            Write("\" ");
        }
        Write("fn(");
        if (!Types(out _)) return false;
        Write(")");
        if (TryTake('u')) return true;
        Write(" -> ");
        return Type();
    }

    private bool Dynamic()
    {
        Write("dyn ");
        if (!InBinder(isFunction: false) || !TryTake('L') || !TryReadNumber(out var lifetime)) return false;
        if (lifetime == 0) return true;
        Write(" + ");
        return Lifetime(lifetime);
    }

    private bool Traits()
    {
        for (var isFirst = true; !TryTake('E'); isFirst = false)
        {
            if (!isFirst) Write(" + ");
            if (!Trait()) return false;
        }
        return true;
    }

    /// <summary>A trait, and what its associated types are, which stand among its arguments.</summary>
    private bool Trait()
    {
        var start = _text.Length;
        if (!Path(isValue: false)) return false;
        var isOpen = false;
        while (TryTake('p'))
        {
            if (isOpen)
            {
                Write(", ");
            }
            else if (!_isSilent && _text.Length > start && _text[^1] == '>')
            {
                _text.Length--;
                Write(", ");
            }
            else
            {
                Write("<");
            }
            isOpen = true;
            if (!TryReadIdentifier(out var name, out var isPunycode) || !WriteIdentifier(name, isPunycode)) return false;
            Write(" = ");
            if (!Type()) return false;
        }
        if (isOpen) Write(">");
        return true;
    }

    private bool Constant()
    {
        if (!Enter()) return false;
        var isRead = ConstantBody();
        _depth--;
        return isRead;
    }

    private bool ConstantBody()
    {
        var type = Peek();
        _at++;
        switch (type)
        {
            case 'p': Write("_"); return true;
            case 'B': return BackReference('k');
            case 'b': return TryReadHex(out var truth, out _) && WriteBool(truth);
            case 'c': return TryReadHex(out var code, out _) && WriteChar(code);
            case 'h' or 't' or 'm' or 'y' or 'o' or 'j': return Integer();
            case 'a' or 's' or 'l' or 'x' or 'n' or 'i':
                if (TryTake('n')) Write("-");
                return Integer();
            default: return false;
        }
    }

    private bool Integer()
    {
        if (!TryReadHex(out var value, out var hex)) return false;
        Write(hex.Length <= 16 ? value.ToString(CultureInfo.InvariantCulture) : $"0x{hex}");
        return true;
    }

    private readonly bool WriteBool(ulong value)
    {
        Write(value == 0 ? "false" : "true");
        return value <= 1;
    }

    private readonly bool WriteChar(ulong value)
    {
        if (value > int.MaxValue || !Rune.IsValid((int)value)) return false;
        Write(value switch
        {
            '\n' => "'\\n'",
            '\r' => "'\\r'",
            '\t' => "'\\t'",
            '\'' => "'\\''",
            '\\' => "'\\\\'",
            < 0x20 or 0x7f => $"'\\u{{{value:x}}}'",
            _ => $"'{new Rune((int)value)}'",
        });
        return true;
    }

    private bool TryReadHex(out ulong value, out ReadOnlySpan<char> hex)
    {
        var start = _at;
        while (char.IsAsciiHexDigitLower(Peek())) _at++;
        hex = _name[start.._at].TrimStart('0');
        value = 0;
        if (hex.Length is > 0 and <= 16) value = ulong.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return TryTake('_');
    }
}
