using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Kagari.Query;

/// <summary>Regular expressions in RE2's syntax on .NET's NonBacktracking engine: linear time whatever the pattern.</summary>
/// <remarks>
/// Syntax: github.com/google/re2/wiki/Syntax. What .NET writes or means differently is translated: <c>(?P&lt;n&gt;…)</c>,
/// <c>\Q…\E</c>, <c>\pL</c>, <c>\x{…}</c>, POSIX classes, ASCII meaning of \d \w \s, <c>$</c> and <c>\z</c> at the
/// very end only. Look-around and back-references do not exist in RE2 and are refused. As in Prometheus the dot also
/// matches a line break.
/// </remarks>
public static class Re2
{
    private static readonly Dictionary<string, string> PosixClasses = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>Most characters of a pattern.</summary>
    public const int PatternLengthMax = 16_384;

    /// <summary>Compiles a pattern; false with a reason where it is none.</summary>
    public static bool TryCreate(string pattern, bool anchored, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        regex = null;
        if (pattern.Length > PatternLengthMax)
        {
            error = $"the regular expression has {pattern.Length} characters; the limit is {PatternLengthMax}";
            return false;
        }
        try
        {
            var translated = new Translator(pattern).Run();
            regex = new Regex(
                anchored ? $@"\A(?:{translated})\z" : translated,
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
            error = null;
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or FormatException)
        {
            error = $"error parsing regexp: {e.Message}";
            return false;
        }
    }

    private sealed class Translator(string pattern)
    {
        private readonly StringBuilder _output = new();
        private int _at;
        private bool _multiline;

        public string Run()
        {
            while (_at < pattern.Length)
            {
                var c = pattern[_at];
                switch (c)
                {
                    case '\\': Escape(inClass: false); break;
                    case '[': Class(); break;
                    case '(' when Follows("(?"): GroupFlags(); break;
                    case '$' when !_multiline:
                        _output.Append(@"\z");
                        _at++;
                        break;
                    default:
                        _output.Append(c);
                        _at++;
                        break;
                }
            }
            return _output.ToString();
        }

        private bool Follows(string text) => string.CompareOrdinal(pattern, _at, text, 0, text.Length) == 0;

        private void GroupFlags()
        {
            if (Follows("(?P<"))
            {
                _output.Append("(?<");
                _at += 4;
                return;
            }
            if (Follows("(?=") || Follows("(?!") || Follows("(?<=") || Follows("(?<!") || Follows("(?>") || Follows("(?#"))
                throw new FormatException($"invalid or unsupported Perl syntax: `{pattern.Substring(_at, 3)}`");
            if (Follows("(?<"))
            {
                _output.Append("(?<");
                _at += 3;
                return;
            }
            var end = _at + 2;
            var negative = false;
            var flags = new StringBuilder("(?");
            for (; end < pattern.Length && pattern[end] is not (':' or ')'); end++)
            {
                switch (pattern[end])
                {
                    case '-': negative = true; flags.Append('-'); break;
                    case 'i' or 's': flags.Append(pattern[end]); break;
                    case 'm':
                        flags.Append('m');
                        _multiline = !negative;
                        break;
                    default: throw new FormatException($"invalid or unsupported Perl syntax: `{pattern[_at..(end + 1)]}`");
                }
            }
            if (end == pattern.Length) throw new FormatException("missing closing )");
            if (flags.Length == 2 && pattern[end] == ')') throw new FormatException("missing argument to group flags: `(?)`");
            _output.Append(flags).Append(pattern[end]);
            _at = end + 1;
        }

        private void Class()
        {
            _output.Append('[');
            _at++;
            if (Peek() == '^')
            {
                _output.Append('^');
                _at++;
            }
            if (Peek() == ']')
            {
                _output.Append(@"\]");
                _at++;
            }
            while (Peek() is var c and not ']')
            {
                if (c == '\0' && _at >= pattern.Length) throw new FormatException("missing closing ]");
                if (c == '\\') Escape(inClass: true);
                else if (c == '[' && Follows("[:")) PosixClass();
                else
                {
                    // .NET reads "-[" as subtraction, RE2 as two characters.
                    if (c == '[') _output.Append('\\');
                    _output.Append(c);
                    _at++;
                }
            }
            _output.Append(']');
            _at++;
        }

        private void PosixClass()
        {
            var end = pattern.IndexOf(":]", _at, StringComparison.Ordinal);
            var name = end < 0 ? "" : pattern[(_at + 2)..end];
            if (!PosixClasses.TryGetValue(name, out var members)) throw new FormatException($"invalid character class range: `{pattern[_at..]}`");
            _output.Append(members);
            _at = end + 2;
        }

        private char Peek() => _at < pattern.Length ? pattern[_at] : '\0';

        private void Escape(bool inClass)
        {
            if (_at + 1 >= pattern.Length) throw new FormatException("trailing backslash at end of expression");
            var c = pattern[_at + 1];
            _at += 2;
            switch (c)
            {
                case 'd': _output.Append(inClass ? "0-9" : "[0-9]"); break;
                case 'w': _output.Append(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]"); break;
                case 's': _output.Append(inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]"); break;
                case 'D' when !inClass: _output.Append("[^0-9]"); break;
                case 'W' when !inClass: _output.Append("[^0-9A-Za-z_]"); break;
                case 'S' when !inClass: _output.Append(@"[^\t\n\f\r ]"); break;
                case 'D': _output.Append(@"\x00-/:-\uFFFF"); break;
                case 'W': _output.Append(@"\x00-/:-@\[-\^`{-\uFFFF"); break;
                case 'S': _output.Append(@"\x00-\x08\x0B\x0E-\x1F!-\uFFFF"); break;
                case 'Q':
                    var end = pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
                    var literal = end < 0 ? pattern[_at..] : pattern[_at..end];
                    foreach (var l in literal) AppendLiteral(l);
                    _at = end < 0 ? pattern.Length : end + 2;
                    break;
                case 'p' or 'P': UnicodeClass(c); break;
                case 'x': HexEscape(); break;
                case 'z': _output.Append(@"\z"); break;
                case 'A' or 'b' or 'B': _output.Append('\\').Append(c); break;
                case 'a' or 'f' or 'n' or 'r' or 't' or 'v': _output.Append('\\').Append(c); break;
                case >= '1' and <= '9': throw new FormatException($@"invalid escape sequence: `\{c}` (back-references do not exist in RE2)");
                case 'C' or 'Z' or 'G' or 'k' or 'K' or 'h' or 'H' or 'R' or 'X':
                    throw new FormatException($@"invalid escape sequence: `\{c}`");
                case '0': _output.Append(@"\x00"); break;
                default:
                    if (char.IsAsciiLetter(c)) throw new FormatException($@"invalid escape sequence: `\{c}`");
                    AppendLiteral(c);
                    break;
            }
        }

        private void AppendLiteral(char c)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c < 0x80 && c != '_') _output.Append(@"\x").Append(((int)c).ToString("X2"));
            else _output.Append(c);
        }

        private void UnicodeClass(char kind)
        {
            if (Peek() == '{')
            {
                var end = pattern.IndexOf('}', _at);
                if (end < 0) throw new FormatException("missing closing }");
                _output.Append('\\').Append(kind).Append(pattern, _at, end + 1 - _at);
                _at = end + 1;
                return;
            }
            _output.Append('\\').Append(kind).Append('{').Append(Peek()).Append('}');
            _at++;
        }

        private void HexEscape()
        {
            string digits;
            if (Peek() == '{')
            {
                var end = pattern.IndexOf('}', _at);
                if (end < 0) throw new FormatException("missing closing }");
                digits = pattern[(_at + 1)..end];
                _at = end + 1;
            }
            else
            {
                if (_at + 2 > pattern.Length) throw new FormatException(@"invalid escape sequence: `\x`");
                digits = pattern.Substring(_at, 2);
                _at += 2;
            }
            if (!int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var rune) || !Rune.IsValid(rune))
                throw new FormatException($@"invalid escape sequence: `\x{{{digits}}}`");
            foreach (var unit in new Rune(rune).ToString()) AppendLiteral(unit);
        }
    }
}
