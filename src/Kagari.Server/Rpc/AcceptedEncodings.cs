using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kagari.Server.Rpc;

/// <summary>What a client says it can decompress.</summary>
internal static class AcceptedEncodings
{
    /// <summary>gzip is named and not refused with <c>q=0</c>. A bare <c>*</c> does not ask for it.</summary>
    public static bool ContainGzip(StringValues header)
    {
        if (header.Count == 0) return false;
        if (header.Count == 1 && header[0] is "gzip" or "identity") return header[0] == "gzip";
        return Contain(header, "gzip");
    }

    /// <summary>The same of brotli.</summary>
    public static bool ContainBrotli(StringValues header) => header.Count > 0 && Contain(header, "br");

    private static bool Contain(StringValues header, string name)
    {
        if (!StringWithQualityHeaderValue.TryParseList(header, out var encodings)) return false;
        foreach (var encoding in encodings)
            if (encoding.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) return encoding.Quality is not 0;
        return false;
    }
}
