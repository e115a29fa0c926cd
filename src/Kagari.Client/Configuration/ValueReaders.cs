using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kagari.Client.Configuration;

/// <summary>The kinds of values that options have.</summary>
internal static class ValueReaders
{
    public static ValueReader<bool> Switch { get; } = new("true or false (also 1/0, yes/no, on/off)", TryReadSwitch, _ => true, v => v ? "true" : "false");

    public static ValueReader<string?> Text { get; } = new("text", TryReadText, _ => true, v => v ?? "");

    /// <summary>Text that is sent in a header: a line break in it would begin another.</summary>
    public static ValueReader<string?> HeaderText { get; } = new("printable ASCII text", TryReadText, IsPrintable, v => v ?? "");

    /// <summary>The same, but never shown.</summary>
    public static ValueReader<string?> Secret { get; } = HeaderText with { Format = v => v is null ? "" : "(secret)" };

    public static ValueReader<Uri> Address { get; } =
        new("an http or https address, as http://localhost:4040", TryReadAddress, IsHttp, v => v is null ? "nothing" : !v.IsAbsoluteUri ? v.ToString() : v.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped).TrimEnd('/'));

    public static ValueReader<ProfileKinds> Kinds { get; } = new(
        "names with commas: Cpu, Wall, Allocations, Locks, Exceptions, GarbageCollections, LiveHeap, Default, All, None",
        TryReadEnum, v => (v & ~ProfileKinds.All) == ProfileKinds.None, v => v == ProfileKinds.Default ? nameof(ProfileKinds.Default) : v.ToString());

    public static ValueReader<CpuSource> Source { get; } =
        new("Auto, PerfEvents or Sampler", TryReadEnum, Enum.IsDefined, v => v.ToString());

    public static ValueReader<ProfilerSeverity?> Severity { get; } =
        new("debug, info, warn, error or off", TryReadSeverity, v => v is null || v >= 0, v => v?.ToString() ?? "");

    public static ValueReader<TimeSpan> Duration(TimeSpan min, TimeSpan max) =>
        new($"a duration from {Durations.Format(min)} to {Durations.Format(max)}, as 500ms, 10s or 1m", Durations.TryRead, v => v >= min && v <= max, Durations.Format);

    public static ValueReader<int> Number(int min, int max) =>
        new(string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"), TryReadNumber, v => v >= min && v <= max, v => v.ToString(CultureInfo.InvariantCulture));

    public static ValueReader<double> Share(double min, double max) =>
        new(string.Create(CultureInfo.InvariantCulture, $"a share from {min} to {max}, as 0.01 or 1%"), TryReadShare, v => v >= min && v <= max, v => v.ToString(CultureInfo.InvariantCulture));

    private static bool TryReadText(string text, out string? value)
    {
        value = text;
        return true;
    }

    private static bool IsPrintable(string? text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool TryReadSwitch(string text, out bool value)
    {
        value = text.ToUpperInvariant() is "1" or "TRUE" or "YES" or "ON" or "T" or "Y";
        return value || text.ToUpperInvariant() is "0" or "FALSE" or "NO" or "OFF" or "F" or "N";
    }

    private static bool TryReadAddress(string text, [MaybeNullWhen(false)] out Uri value) => Uri.TryCreate(text, UriKind.Absolute, out value);

    private static bool IsHttp(Uri value) => value is { IsAbsoluteUri: true, Scheme: "http" or "https", Query.Length: 0, Fragment.Length: 0 };

    private static bool TryReadNumber(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryReadShare(string text, out double value)
    {
        var percent = text.EndsWith('%');
        if (!double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return false;
        if (percent) value /= 100;
        return true;
    }

    /// <summary>Names only: numbers would promise that they never change.</summary>
    private static bool TryReadEnum<T>(string text, out T value)
        where T : struct, Enum
    {
        value = default;
        return !text.AsSpan().ContainsAnyInRange('0', '9') && Enum.TryParse(text, ignoreCase: true, out value);
    }

    private static bool TryReadSeverity(string text, out ProfilerSeverity? value)
    {
        value = text.ToUpperInvariant() switch
        {
            "TRACE" or "DEBUG" or "INFO" or "INFORMATION" => ProfilerSeverity.Information,
            "WARN" or "WARNING" => ProfilerSeverity.Warning,
            "ERROR" or "CRITICAL" => ProfilerSeverity.Error,
            "OFF" or "NONE" => MessageLog.Off,
            _ => null,
        };
        return value is not null;
    }
}
