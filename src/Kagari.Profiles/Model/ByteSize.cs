namespace Kagari.Profiles;

/// <summary>Sizes as people read them.</summary>
public static class ByteSize
{
    /// <summary>Decimal units, one digit after the point where it tells something: <c>4.2 MB</c>, <c>32 kB</c>.</summary>
    public static string Format(long bytes)
    {
        if (bytes < 1000) return $"{bytes} B";
        double size = bytes;
        var unit = -1;
        while (size >= 1000 && unit < 4)
        {
            size /= 1000;
            unit++;
        }
        var digits = size < 10 ? "0.0" : "0";
        return $"{size.ToString(digits)} {"kMGTP"[unit]}B";
    }
}
