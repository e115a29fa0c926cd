using System.Buffers;

namespace Kagari.Profiles;

/// <summary>Walks a <see cref="FunctionTree"/> depth first, entering and leaving each node, without a stack.</summary>
/// <remarks>
/// <code>
/// while (walk.Next()) if (walk.Entering) open[name]++; else open[name]--;
/// </code>
/// Two rented arrays hold first child and next sibling; the way back up is the tree's own parents. The root is
/// entered first and left last. Do not change the tree meanwhile; dispose once.
/// </remarks>
internal ref struct TreeWalk : IDisposable
{
    private readonly int[] _firstChildren;
    private readonly int[] _nextSiblings;
    private readonly ReadOnlySpan<int> _parents;

    public TreeWalk(FunctionTree tree)
    {
        _parents = tree.Parents;
        _firstChildren = ArrayPool<int>.Shared.Rent(_parents.Length);
        _nextSiblings = ArrayPool<int>.Shared.Rent(_parents.Length);
        _firstChildren.AsSpan(0, _parents.Length).Clear();
        _nextSiblings.AsSpan(0, _parents.Length).Clear();
        // From the back, so that children come in the order of their indexes; 0 ends a list, since the root is no child.
        for (var node = _parents.Length - 1; node > 0; node--)
        {
            _nextSiblings[node] = _firstChildren[_parents[node]];
            _firstChildren[_parents[node]] = node;
        }
        Node = -1;
    }

    /// <summary>The node that is entered or left.</summary>
    public int Node { get; private set; }

    /// <summary>Whether it is entered; otherwise it is left.</summary>
    public bool Entering { get; private set; }

    public bool Next()
    {
        if (Node < 0)
        {
            Node = 0;
            Entering = true;
            return true;
        }
        if (Entering)
        {
            if (_firstChildren[Node] != 0) Node = _firstChildren[Node];
            else Entering = false;
            return true;
        }
        if (Node == 0) return false;
        if (_nextSiblings[Node] != 0)
        {
            Node = _nextSiblings[Node];
            Entering = true;
        }
        else Node = _parents[Node];
        return true;
    }

    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_firstChildren);
        ArrayPool<int>.Shared.Return(_nextSiblings);
    }
}
