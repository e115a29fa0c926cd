using System.Globalization;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Admin;

/// <summary>Reads parameters of <c>/api/v1/admin</c>; what cannot be read is refused.</summary>
internal static class AdminParameters
{
    public const int LimitDefault = 100, LimitMax = 10_000;

    public static string? Text(HttpContext http, string name) => http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    public static int Offset(HttpContext http) => Number(http, "offset", 0, int.MaxValue) ?? 0;

    public static int Limit(HttpContext http) => Number(http, "limit", 1, LimitMax) ?? LimitDefault;

    /// <summary>A whole number; null where it is missing.</summary>
    public static int? Number(HttpContext http, string name, int min, int max)
    {
        if (Text(http, name) is not { } text) return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw new RpcException(RpcCode.InvalidArgument, $"\"{name}\" is '{text}'; expected a whole number");
        return number >= min && number <= max ? (int)number
            : throw new RpcException(RpcCode.InvalidArgument, $"\"{name}\" is {number}; expected {min} to {max}");
    }

    /// <summary>One of several words; null where it is missing.</summary>
    public static string? Choice(HttpContext http, string name, params ReadOnlySpan<string> choices)
    {
        if (Text(http, name) is not { } text) return null;
        return choices.Contains(text) ? text
            : throw new RpcException(RpcCode.InvalidArgument, $"\"{name}\" is '{text}'; expected one of {string.Join(", ", choices!)}");
    }
}
