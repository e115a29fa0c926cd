namespace Kagari.Profiles;

/// <summary>A function between all that calls it and all that it calls. Exact: nothing is truncated.</summary>
/// <remarks>
/// <code>
/// main;a;f;x 5 | main;b;f 3 | main;f;x;f 2        of f, counted at the outermost call:
///
/// callers   f 10 ── a 5 ── main 5                 callees   f 10 ── x 7 ── f 2
///             ├─ b 3 ── main 3                                (self 3)
///             └─ main 2
/// </code>
/// Callers are inverted: under the function what called it, under that its callers. A caller's self is the value of
/// the stacks that begin with it. A chain of several functions works as one: callers hang under its first, callees
/// under its last.
/// </remarks>
public sealed class FunctionSandwich
{
    private FunctionSandwich(NameTable names, int callersName, int calleesName)
    {
        Callers = new FunctionTree(names);
        Callees = new FunctionTree(names);
        CallersName = callersName;
        CalleesName = calleesName;
    }

    /// <summary>The callers, inverted; the root stands for the first function of the chain.</summary>
    public FunctionTree Callers { get; }

    /// <summary>The callees; the root stands for the last function of the chain.</summary>
    public FunctionTree Callees { get; }

    /// <summary>Name id of the root of <see cref="Callers"/>; −1 where the tree does not know the name.</summary>
    public int CallersName { get; }

    /// <summary>Name id of the root of <see cref="Callees"/>; −1 where the tree does not know the name.</summary>
    public int CalleesName { get; }

    /// <summary>Whether some stack has the chain.</summary>
    public bool IsFound { get; private set; }

    /// <summary>Value of the stacks that end with the chain.</summary>
    public long Self { get; private set; }

    /// <summary>Value of the stacks that have the chain; each counts once.</summary>
    public long Total { get; private set; }

    /// <summary>Cuts all stacks at a function.</summary>
    public static FunctionSandwich Build(FunctionTree tree, string function, RecursionCounting counting = RecursionCounting.Outermost) =>
        Build(tree, [function], counting);

    /// <summary>Cuts all stacks at a chain of functions, each called by the one before.</summary>
    /// <param name="tree">Values are 0 or more. Not changed; its names are shared.</param>
    /// <param name="chain">At least one name.</param>
    /// <param name="counting">What recursion counts.</param>
    /// <exception cref="ArgumentException">The chain is empty.</exception>
    /// <remarks>Linear in the nodes of the tree; with <see cref="RecursionCounting.Every"/> times the calls on a path.</remarks>
    public static FunctionSandwich Build(FunctionTree tree, IReadOnlyList<string> chain, RecursionCounting counting)
    {
        if (chain.Count == 0) throw new ArgumentException("The chain is empty; expected the name of a function.", nameof(chain));
        var ids = new int[chain.Count];
        for (var i = 0; i < ids.Length; i++)
            if (!tree.Names.TryFind(System.Text.Encoding.UTF8.GetBytes(chain[i]), out ids[i])) ids[i] = -1;
        var sandwich = new FunctionSandwich(tree.Names, ids[0], ids[^1]);
        if (!ids.Contains(-1)) sandwich.Cut(tree, ids, counting);
        return sandwich;
    }

    private void Cut(FunctionTree tree, int[] chain, RecursionCounting counting)
    {
        var totals = new long[tree.Count];
        tree.ComputeTotals(totals);
        var open = default(FlatList<int>);   // per call of the chain on the path: where its callees have got to
        var isCut = new bool[tree.Count];
        using var walk = new TreeWalk(tree);
        while (walk.Next())
        {
            var node = walk.Node;
            if (node == 0) continue;
            if (!walk.Entering)
            {
                if (isCut[node]) open.Truncate(open.Count - 1);
                foreach (ref var at in open.Span) at = Callees.Parents[at];
                continue;
            }
            var name = tree.NameIds[node];
            foreach (ref var at in open.Span) at = Callees.Child(at, name);
            if (EndsWith(tree, node, chain))
            {
                IsFound = true;
                Self = Saturating.Add(Self, tree.Selfs[node]);
                if (open.Count == 0) Total = Saturating.Add(Total, totals[node]);
                if (open.Count == 0 || counting == RecursionCounting.Every)
                {
                    isCut[node] = true;
                    AddCallers(tree, node, chain.Length, totals[node]);
                    open.Add(0);
                }
            }
            foreach (var at in open.Span) Add(Callees, at, tree.Selfs[node]);
        }
    }

    private void AddCallers(FunctionTree tree, int node, int chainLength, long total)
    {
        for (; chainLength > 0; chainLength--) node = tree.Parents[node];
        var at = 0;
        for (; node > 0; node = tree.Parents[node]) at = Callers.Child(at, tree.NameIds[node]);
        Add(Callers, at, total);
    }

    private static bool EndsWith(FunctionTree tree, int node, int[] chain)
    {
        for (var i = chain.Length - 1; i >= 0; i--, node = tree.Parents[node])
            if (node <= 0 || tree.NameIds[node] != chain[i]) return false;
        return true;
    }

    private static void Add(FunctionTree tree, int node, long value) => tree.Selfs[node] = Saturating.Add(tree.Selfs[node], value);
}
