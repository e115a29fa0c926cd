using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Sums the calls of one function over a trie whose parents come before their children.</summary>
internal sealed class CallSums(int[] parents)
{
    private readonly long[] _values = new long[parents.Length];
    private readonly LinePlace[]?[] _calls = new LinePlace[]?[parents.Length];
    private readonly bool[] _isLeaf = new bool[parents.Length];

    public LinePlaces Places { get; } = new();

    /// <summary>Says which calls of the function a node is.</summary>
    /// <param name="node">The node.</param>
    /// <param name="calls">Innermost first: several where calls were inlined.</param>
    /// <param name="isLeaf">Whether stacks that end at the node end in the first of them.</param>
    public void SetCalls(int node, LinePlace[] calls, bool isLeaf)
    {
        _calls[node] = calls;
        _isLeaf[node] = isLeaf;
    }

    /// <summary>Adds the value of the stack that ends at a node.</summary>
    public void AddValue(int node, long value) => _values[node] = Saturating.Add(_values[node], value);

    /// <summary>Sums all up, once.</summary>
    public void Finish()
    {
        // Step 1: selfs, before the values become those of whole subtrees.
        for (var node = 0; node < parents.Length; node++)
            if (_isLeaf[node])
                for (var i = 0; i < LinePlace.Keys; i++) Places.AddSelf(_calls[node]![0][i], _values[node]);
        for (var node = parents.Length - 1; node > 0; node--) _values[parents[node]] = Saturating.Add(_values[parents[node]], _values[node]);

        // Step 2: the trie of the calls alone, as lists of children.
        var (above, firstChild, nextSibling) = (new int[parents.Length], new int[parents.Length], new int[parents.Length]);
        for (var node = 1; node < parents.Length; node++) above[node] = _calls[parents[node]] is null ? above[parents[node]] : parents[node];
        for (var node = parents.Length - 1; node > 0; node--)
            if (_calls[node] is not null) (nextSibling[node], firstChild[above[node]]) = (firstChild[above[node]], node);

        // Step 3: down and up again, so that a place counts where it is first on the way from the root.
        var open = new int[Places.Count];
        var path = new Stack<int>();
        for (var next = firstChild[0]; next != 0 || path.Count > 0;)
        {
            if (next != 0)
            {
                Enter(next);
                path.Push(next);
                next = firstChild[next];
                continue;
            }
            var left = path.Pop();
            foreach (var call in _calls[left]!)
                for (var i = 0; i < LinePlace.Keys; i++) open[call[i]]--;
            next = nextSibling[left];
        }

        void Enter(int node)
        {
            foreach (var call in _calls[node]!)
            {
                if (_values[node] != 0) Places.NoteStart(call);
                for (var i = 0; i < LinePlace.Keys; i++)
                    if (open[call[i]]++ == 0) Places.AddTotal(call[i], _values[node]);
            }
        }
    }
}
