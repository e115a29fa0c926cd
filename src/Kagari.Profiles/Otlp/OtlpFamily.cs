using System.Text;

namespace Kagari.Profiles;

/// <summary>Chooses the family (<c>__name__</c>) of an OpenTelemetry profile, which brings only types.</summary>
/// <remarks>docs/decisions/0008 has the table and says where it goes further than the peer.</remarks>
internal static class OtlpFamily
{
    /// <summary>The family of a profile.</summary>
    /// <param name="type">Sample type.</param>
    /// <param name="unit">Sample unit.</param>
    /// <param name="periodType">Period type; may be empty.</param>
    /// <param name="periodUnit">Period unit; may be empty.</param>
    /// <param name="period">Units between two samples.</param>
    /// <param name="isScaled">Whether values count samples and become time when multiplied with the period.</param>
    public static string Of(
        ReadOnlySpan<byte> type, ReadOnlySpan<byte> unit, ReadOnlySpan<byte> periodType, ReadOnlySpan<byte> periodUnit, long period, out bool isScaled)
    {
        var isCpu = type.SequenceEqual("samples"u8) && unit.SequenceEqual("count"u8)
            && periodType.SequenceEqual("cpu"u8) && periodUnit.SequenceEqual("nanoseconds"u8);
        // Without a period the counts are all there is: times zero would lose the profile.
        isScaled = isCpu && period > 0;
        if (isCpu) return "process_cpu";
        return periodType.Length > 0 ? Encoding.UTF8.GetString(periodType) : OfSampleType(Encoding.UTF8.GetString(type));
    }

    private static string OfSampleType(string type)
    {
        if (type is "cpu") return "process_cpu";
        if (Has(type, "alloc") || Has(type, "inuse") || Has(type, "heap") || type is "space" or "objects") return "memory";
        if (Has(type, "mutex") || type is "contentions" or "delay" || (Has(type, "lock") && !Has(type, "block") && !Has(type, "clock"))) return "mutex";
        return ToName(type);
    }

    private static bool Has(string type, string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);

    /// <summary>A name that selectors can write: letters, digits and underscores.</summary>
    private static string ToName(string type)
    {
        var name = new StringBuilder(type.Length + 1);
        if (char.IsAsciiDigit(type[0])) name.Append('_');
        foreach (var c in type) name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return name.ToString();
    }
}
