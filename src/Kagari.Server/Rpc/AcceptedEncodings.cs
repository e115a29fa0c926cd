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
        if (!StringWithQualityHeaderValue.TryParseList(header, out var encodings)) return false;
        foreach (var encoding in encodings)
            if (encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase)) return encoding.Quality is not 0;
        return false;
    }
}
