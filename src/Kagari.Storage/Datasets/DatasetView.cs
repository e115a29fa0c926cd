using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>A dataset of a chain or a block as one query sees it: immutable. Stacks are numbered from 0, parents first.</summary>
public sealed class DatasetView
{
    /// <summary>Texts that <see cref="Tree"/> refers to.</summary>
    public required NameView Names { get; init; }

    /// <summary>The function tree: stacks by function name only, inlined calls expanded.</summary>
    public required FunctionTreeView Tree { get; init; }

    /// <summary>Node of the function tree by stack.</summary>
    public required ReadOnlyMemory<int> TreeNodes { get; init; }

    /// <summary>Label sets by series id.</summary>
    public required IReadOnlyList<LabelSet> Series { get; init; }

    /// <summary>Hashes of the label sets: equal for equal labels in any dataset.</summary>
    public required IReadOnlyList<ulong> SeriesHashes { get; init; }

    /// <summary>Series ids by group id, one per value column.</summary>
    public required IReadOnlyList<int[]> Groups { get; init; }

    /// <summary>Whether some series has an annotation; rare, and asked by every time series.</summary>
    public bool HasAnnotations
    {
        get
        {
            const byte No = 1, Yes = 2;
            if (_annotations == 0) _annotations = Series.Any(s => s.Any(l => AnnotationLabels.IsOne(l.Name))) ? Yes : No;
            return _annotations == Yes;
        }
    }

    // One byte, so that it is written whole: 0 is not known yet.
    private byte _annotations;

    /// <summary>How many stacks there are, the empty one included.</summary>
    public int StackCount => TreeNodes.Length;

    /// <summary>A hash of all series of a group: equal for equal groups in any dataset.</summary>
    internal ulong GroupHash(int group)
    {
        ulong hash = 0;
        foreach (var series in Groups[group]) hash = XxHash64.Mix(hash, SeriesHashes[series]);
        return hash;
    }
}

/// <summary>A tree of function names as two columns: parents before children, node 0 the root without a name.</summary>
/// <param name="Parents">Parent of each node.</param>
/// <param name="Names">String id of each node's name.</param>
public readonly record struct FunctionTreeView(ReadOnlyMemory<int> Parents, ReadOnlyMemory<int> Names);
