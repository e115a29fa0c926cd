namespace Kagari.Server.Configuration;

/// <summary>Guesses which name was meant by one that is not known.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest edits, counting the last part alone too: the right key in the wrong section is near.</summary>
    public static string Of(string unknown, IEnumerable<string> known) =>
        known.MinBy(k => (Math.Min(Distance(unknown, k), 1 + Distance(LastPart(unknown), LastPart(k))), Distance(unknown, k))) ?? "";

    /// <summary>Edits between two texts: insert, delete, replace, swap neighbours.</summary>
    public static int Distance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + same);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[right.Length];
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
