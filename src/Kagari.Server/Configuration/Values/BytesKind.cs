using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kagari.Server.Configuration.Values;

/// <summary>A number of bytes, plain or with a unit: <c>kB MB GB</c> count in thousands, <c>KiB MiB GiB</c> in 1024.</summary>
internal sealed class BytesKind(long least = 0) : ValueKind<long>
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("B", 1),
    ];

    public override string Name => "bytes";

    public override string Format(long value)
    {
        var (unit, bytes) = Array.Find(Units, u => u.Unit.Length == 3 && value >= u.Bytes && value % u.Bytes == 0);
        return unit is null ? value.ToString(CultureInfo.InvariantCulture) : $"{value / bytes}{unit}";
    }

    protected override bool TryParse(string text, [NotNullWhen(true)] out long value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        value = 0;
        var rest = text.Trim().Replace("_", "");
        var (unit, bytes) = Array.Find(Units, u => rest.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        var digits = unit is null ? rest : rest[..^unit.Length].TrimEnd();
        if (unit is null) bytes = 1;
        // The double only serves fractions ("1.5GiB"); whole numbers keep all their digits.
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole <= long.MaxValue / bytes)
            value = whole * bytes;
        else if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction) && fraction * bytes < long.MaxValue)
            value = (long)(fraction * bytes);
        else
            error = $"'{text}' is no number of bytes; write it as 67108864, 64MiB or 64MB";
        if (error is null && value < least) error = $"{text} is too small; the least is {Format(least)}";
        return error is null;
    }
}
