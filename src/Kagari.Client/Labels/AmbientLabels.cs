using System.Diagnostics;

namespace Kagari.Client;

/// <summary>Labels of the whole process, and since when.</summary>
internal static class AmbientLabels
{
    /// <summary>Changes that are remembered. Samples are asked for within a second; older ones get what is oldest here.</summary>
    private const int ChangesMax = 32;

    private static readonly Lock Writing = new();

    // Oldest first; replaced as a whole.
    private static (long Ticks, LabelTable Table)[] s_changes = [];

    /// <summary>Sets a label, or takes it away where the value is empty.</summary>
    public static void Set(string name, string value)
    {
        ReadOnlySpan<(string, string)> added = [(name, value)];
        lock (Writing) Change(Newest.With(added, LabelTable.HashOf(added)));
    }

    /// <summary>Takes all away.</summary>
    public static void Clear()
    {
        lock (Writing) Change(LabelTable.Empty);
    }

    /// <summary>What held at that time.</summary>
    public static LabelTable At(long ticks)
    {
        var changes = Volatile.Read(ref s_changes);
        for (var i = changes.Length - 1; i >= 0; i--)
            if (changes[i].Ticks <= ticks) return changes[i].Table;
        return changes.Length == ChangesMax ? changes[0].Table : LabelTable.Empty;
    }

    private static LabelTable Newest => s_changes.Length == 0 ? LabelTable.Empty : s_changes[^1].Table;

    private static void Change(LabelTable table)
    {
        if (ReferenceEquals(table, Newest)) return;
        var kept = s_changes.AsSpan(Math.Max(0, s_changes.Length + 1 - ChangesMax));
        Volatile.Write(ref s_changes, [.. kept, (Stopwatch.GetTimestamp(), table)]);
    }
}
