using System.Text;

namespace Kagari.Symbols;

/// <summary>Names beyond ASCII.</summary>
/// <remarks>RFC 3492, with <c>_</c> before the digits instead of <c>-</c>.</remarks>
internal static class RustPunycode
{
    private const int RunesMax = 4096;

    public static bool TryDecode(ReadOnlySpan<char> name, StringBuilder text)
    {
        var runes = new List<int>();
        var last = name.LastIndexOf('_');
        if (last >= 0) foreach (var c in name[..last]) runes.Add(c);
        var digits = name[(last + 1)..];
        if (digits.IsEmpty || runes.Count > RunesMax) return false;
        var (rune, index, bias, isFirst) = (0x80L, 0L, 72, true);
        for (var at = 0; at < digits.Length;)
        {
            var (start, weight) = (index, 1L);
            for (var k = 36; ; k += 36)
            {
                if (at >= digits.Length || Digit(digits[at++]) is not { } digit) return false;
                index += digit * weight;
                var threshold = Math.Clamp(k - bias, 1, 26);
                if (digit < threshold) break;
                weight *= 36 - threshold;
                if (weight > int.MaxValue || index > int.MaxValue) return false;
            }
            var count = runes.Count + 1;
            bias = Adapt(index - start, count, isFirst);
            isFirst = false;
            rune += index / count;
            index %= count;
            if (rune > int.MaxValue || !Rune.IsValid((int)rune) || count > RunesMax) return false;
            runes.Insert((int)index++, (int)rune);
        }
        foreach (var value in runes) text.Append(new Rune(value).ToString());
        return true;
    }

    private static int? Digit(char c) => c is >= 'a' and <= 'z' ? c - 'a' : char.IsAsciiDigit(c) ? c - '0' + 26 : null;

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta /= isFirst ? 700 : 2;
        delta += delta / count;
        var k = 0;
        for (; delta > 35 * 26 / 2; k += 36) delta /= 35;
        return k + (int)(36 * delta / (delta + 38));
    }
}
