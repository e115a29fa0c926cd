using System.Globalization;
using System.Text;

namespace Kagari.Storage;

/// <summary>The span and trace that a sample belongs to; zero where it belongs to none.</summary>
public readonly record struct SpanId(ulong Span, UInt128 Trace)
{
    /// <summary>Whether the sample has neither.</summary>
    public bool IsNone => Span == 0 && Trace == 0;

    /// <summary>Reads 16 hex digits, as clients send them.</summary>
    public static bool TryParseSpan(ReadOnlySpan<byte> hex, out ulong span)
    {
        span = 0;
        return hex.Length == 16 && ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out span);
    }

    /// <summary>Reads 32 hex digits, as clients send them.</summary>
    public static bool TryParseTrace(ReadOnlySpan<byte> hex, out UInt128 trace)
    {
        trace = 0;
        return hex.Length == 32 && UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out trace);
    }

    /// <summary>Reads 16 hex digits.</summary>
    public static bool TryParseSpan(string hex, out ulong span) => TryParseSpan(Encoding.UTF8.GetBytes(hex), out span);

    /// <summary>Reads 32 hex digits.</summary>
    public static bool TryParseTrace(string hex, out UInt128 trace) => TryParseTrace(Encoding.UTF8.GetBytes(hex), out trace);
}
