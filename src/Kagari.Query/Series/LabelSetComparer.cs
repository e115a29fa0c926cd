using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Orders label sets by names and values, shorter first where one begins the other.</summary>
public sealed class LabelSetComparer : IComparer<LabelSet>
{
    /// <summary>The one instance.</summary>
    public static LabelSetComparer Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(LabelSet? x, LabelSet? y)
    {
        var (left, right) = (x ?? LabelSet.Empty, y ?? LabelSet.Empty);
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
            if (left[i].CompareTo(right[i]) is var order and not 0) return order;
        return left.Count.CompareTo(right.Count);
    }
}
