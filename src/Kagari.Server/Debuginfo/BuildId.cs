namespace Kagari.Server.Debuginfo;

/// <summary>The name of a binary: the GNU build id as hex digits.</summary>
internal static class BuildId
{
    public const string Pattern = "^[a-fA-F0-9]{2,40}$";

    /// <summary>In lower case, as it is stored and asked for.</summary>
    public static bool TryNormalize(string text, out string buildId)
    {
        buildId = "";
        if (text.Length is < 2 or > 40) return false;
        foreach (var c in text)
            if (!char.IsAsciiHexDigit(c)) return false;
        buildId = text.ToLowerInvariant();
        return true;
    }
}
