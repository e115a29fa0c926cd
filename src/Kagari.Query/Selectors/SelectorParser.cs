using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Reads Prometheus selectors: <c>{a="b",c!~"d.*"}</c>, also with a bare name in front (<c>process_cpu{…}</c>).</summary>
/// <remarks>
/// Grammar: prometheus.io/docs/prometheus/latest/querying/basics, "Instant vector selectors". Strings in double quotes,
/// single quotes or backticks with Go's escapes; quoted label names (<c>{"a.b"="c"}</c>) are accepted; a trailing comma
/// is allowed. A bare or quoted name without operator is matched against <c>__name__</c>.
/// </remarks>
public static class SelectorParser
{
    /// <summary>Most characters of a selector.</summary>
    public const int LengthMax = 1 << 20;

    /// <summary>Reads a selector; false with a reason and the place where it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Selector? selector, [NotNullWhen(false)] out string? error)
    {
        selector = null;
        if (text.Length > LengthMax)
        {
            error = $"parse error: the selector has {text.Length} characters; the limit is {LengthMax}";
            return false;
        }
        var parser = new Parser(text);
        var matchers = parser.Run();
        error = parser.Error is null ? null : $"parse error at char {parser.ErrorAt + 1} of '{text}': {parser.Error}";
        if (error is null) selector = new Selector(matchers);
        return error is null;
    }

    private sealed class Parser(string text)
    {
        private readonly List<LabelMatcher> _matchers = [];
        private int _at;

        public string? Error { get; private set; }

        public int ErrorAt { get; private set; }

        public List<LabelMatcher> Run()
        {
            SkipSpace();
            var bareAt = _at;
            var bare = ReadName(allowColon: true);
            if (bare.Length > 0) _matchers.Add(LabelMatcher.Equal(LabelNames.Name, bare));
            SkipSpace();
            if (_at == text.Length)
            {
                if (bare.Length == 0) Fail(bareAt, "unexpected end of input, expected a selector such as {service_name=\"api\"}");
                return _matchers;
            }
            if (text[_at] != '{')
            {
                Fail(_at, $"unexpected character '{text[_at]}', expected '{{'");
                return _matchers;
            }
            _at++;
            Matchers();
            SkipSpace();
            if (Error is null && _at < text.Length) Fail(_at, $"unexpected character '{text[_at]}' after the selector");
            return _matchers;
        }

        private void Matchers()
        {
            while (Error is null)
            {
                SkipSpace();
                if (Take('}')) return;
                if (!Matcher()) return;
                SkipSpace();
                if (Take(',')) continue;
                if (Take('}')) return;
                Fail(_at, _at < text.Length ? $"unexpected character '{text[_at]}', expected ',' or '}}'" : "unexpected end of input, expected '}'");
            }
        }

        private bool Matcher()
        {
            var at = _at;
            var quoted = _at < text.Length && text[_at] is '"' or '\'' or '`';
            var name = quoted ? ReadString() : ReadName(allowColon: false);
            if (name is null) return false;
            if (name.Length == 0) return Fail(at, _at < text.Length ? $"unexpected character '{text[_at]}', expected a label name" : "unexpected end of input, expected a label name or '}'");
            SkipSpace();
            if (quoted && _at < text.Length && text[_at] is ',' or '}')
            {
                _matchers.Add(LabelMatcher.Equal(LabelNames.Name, name));
                return true;
            }
            if (ReadOperator() is not { } @operator) return Fail(_at, $"expected one of =, !=, =~, !~ after label '{name}'");
            SkipSpace();
            var valueAt = _at;
            var value = ReadString();
            if (value is null) return Error is null ? Fail(valueAt, $"expected a quoted value for label '{name}'") : false;
            if (!LabelMatcher.TryCreate(name, @operator, value, out var matcher, out var error)) return Fail(valueAt, error);
            _matchers.Add(matcher);
            return true;
        }

        private MatchOperator? ReadOperator()
        {
            if (Take("=~")) return MatchOperator.Regex;
            if (Take("!~")) return MatchOperator.NotRegex;
            if (Take("!=")) return MatchOperator.NotEqual;
            return Take('=') ? MatchOperator.Equal : null;
        }

        private string ReadName(bool allowColon)
        {
            var start = _at;
            while (_at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] == '_' || (allowColon && text[_at] == ':') || (_at > start && char.IsAsciiDigit(text[_at]))))
                _at++;
            return text[start.._at];
        }

        private string? ReadString()
        {
            if (_at >= text.Length || text[_at] is not ('"' or '\'' or '`')) return null;
            var open = _at;
            var quote = text[_at++];
            var value = new StringBuilder();
            while (_at < text.Length)
            {
                var c = text[_at++];
                if (c == quote) return value.ToString();
                if (c == '\n' && quote != '`') break;
                if (c != '\\' || quote == '`') value.Append(c);
                else if (!ReadEscape(value, quote)) return null;
            }
            Fail(open, "unterminated quoted string");
            return null;
        }

        private bool ReadEscape(StringBuilder value, char quote)
        {
            var at = _at - 1;
            var c = _at < text.Length ? text[_at++] : '\0';
            switch (c)
            {
                case 'a': value.Append('\a'); return true;
                case 'b': value.Append('\b'); return true;
                case 'f': value.Append('\f'); return true;
                case 'n': value.Append('\n'); return true;
                case 'r': value.Append('\r'); return true;
                case 't': value.Append('\t'); return true;
                case 'v': value.Append('\v'); return true;
                case '\\': value.Append('\\'); return true;
                case 'x': return ReadRune(value, at, 2, NumberStyles.AllowHexSpecifier);
                case 'u': return ReadRune(value, at, 4, NumberStyles.AllowHexSpecifier);
                case 'U': return ReadRune(value, at, 8, NumberStyles.AllowHexSpecifier);
                default:
                    if (c != quote) return Fail(at, $"unknown escape sequence '\\{c}'");
                    value.Append(c);
                    return true;
            }
        }

        private bool ReadRune(StringBuilder value, int at, int digits, NumberStyles style)
        {
            if (_at + digits > text.Length || !int.TryParse(text.AsSpan(_at, digits), style, CultureInfo.InvariantCulture, out var rune) || !Rune.IsValid(rune))
                return Fail(at, "invalid escape sequence");
            _at += digits;
            value.Append(new Rune(rune).ToString());
            return true;
        }

        private bool Take(char c)
        {
            if (_at >= text.Length || text[_at] != c) return false;
            _at++;
            return true;
        }

        private bool Take(string token)
        {
            if (string.CompareOrdinal(text, _at, token, 0, token.Length) != 0) return false;
            _at += token.Length;
            return true;
        }

        private void SkipSpace()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        }

        private bool Fail(int at, string error)
        {
            Error ??= error;
            ErrorAt = at;
            return false;
        }
    }
}
