namespace Kagari.Storage;

/// <summary>A row of a source on its way into a new dataset.</summary>
/// <param name="Group">Group of the new dataset.</param>
/// <param name="TimeNanos">Its time; in a rollup, that of its slot.</param>
/// <param name="ContentHash">Its content hash; in a rollup, that of its slot and group.</param>
/// <param name="Source">Which source.</param>
/// <param name="Row">Its row there.</param>
/// <param name="Pick">Which of its columns come along: see <see cref="ColumnPicks"/>; 0 is all.</param>
internal readonly record struct MergeRow(int Group, long TimeNanos, ulong ContentHash, int Source, int Row, int Pick = 0) : IComparable<MergeRow>
{
    /// <summary>By group, time, content; equal profiles come side by side, the first source first.</summary>
    public int CompareTo(MergeRow other)
    {
        if (Group != other.Group) return Group.CompareTo(other.Group);
        if (TimeNanos != other.TimeNanos) return TimeNanos.CompareTo(other.TimeNanos);
        if (ContentHash != other.ContentHash) return ContentHash.CompareTo(other.ContentHash);
        return Source != other.Source ? Source.CompareTo(other.Source) : Row.CompareTo(other.Row);
    }

    public static bool operator <(MergeRow left, MergeRow right) => left.CompareTo(right) < 0;

    public static bool operator >(MergeRow left, MergeRow right) => left.CompareTo(right) > 0;

    public static bool operator <=(MergeRow left, MergeRow right) => left.CompareTo(right) <= 0;

    public static bool operator >=(MergeRow left, MergeRow right) => left.CompareTo(right) >= 0;
}
