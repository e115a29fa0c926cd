using System.Globalization;
using Kagari.Profiles;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Profefe;

/// <summary>The parameters of a request, checked in the order in which profefe does.</summary>
internal static class ProfefeParameters
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss";

    public static string Service(HttpRequest request) =>
        request.Query["service"].ToString() is { Length: > 0 } service ? service : throw ProfefeException.BadRequest("missing \"service\"");

    public static IReadOnlyList<Label> Labels(HttpRequest request) => ProfefeLabels.Parse(request.Query["labels"].ToString());

    /// <summary>From the first second to the end of the last, in milliseconds.</summary>
    public static (long StartMillis, long EndMillis) Range(HttpRequest request) =>
        (Time(request, "from") ?? throw ProfefeException.BadRequest("missing \"from\""),
         (Time(request, "to") ?? throw ProfefeException.BadRequest("missing \"to\"")) + 999);

    /// <summary>A time in UTC; null where it is not given.</summary>
    public static long? Time(HttpRequest request, string name)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0) return null;
        if (!DateTime.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            throw ProfefeException.BadRequest($"bad \"{name}\" \"{text}\": time in unsupported format \"{text}\"");
        // Nanoseconds since 1970 have 64 bits.
        return time.Year is >= 1970 and < 2262 ? new DateTimeOffset(time).ToUnixTimeMilliseconds()
            : throw ProfefeException.BadRequest($"bad \"{name}\" \"{text}\": expected a time from 1970 to 2261");
    }

    /// <summary>At most so many; null: all. Numbers below 1 limit nothing, as in profefe.</summary>
    public static int? Limit(HttpRequest request)
    {
        var text = request.Query["limit"].ToString();
        if (text.Length == 0) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
            throw ProfefeException.BadRequest($"bad \"limit\" \"{text}\": expected a number");
        return limit > 0 ? limit : null;
    }
}
