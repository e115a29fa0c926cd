namespace Kagari.Profiles;

/// <summary>The functions of a tree and who calls whom, the heaviest only: what a call graph draws.</summary>
internal sealed class CallGraph
{
    private CallGraph(FunctionTable table, FunctionRow[] functions, CallEdge[] edges)
    {
        Table = table;
        Functions = functions;
        Edges = edges;
    }

    /// <summary>All functions, drawn or not.</summary>
    public FunctionTable Table { get; }

    /// <summary>The drawn functions: self descending, total descending, name.</summary>
    public FunctionRow[] Functions { get; }

    /// <summary>Calls between drawn functions: weight descending, then caller, then callee.</summary>
    public CallEdge[] Edges { get; }

    /// <summary>Chooses the <paramref name="maxNodes"/> functions with the largest totals (0: all) and sums their calls.</summary>
    public static CallGraph Build(FunctionTree tree, int maxNodes)
    {
        var table = FunctionTable.Build(tree);
        var functions = Choose(table, maxNodes);
        var indexOf = new int[tree.Names.Count];   // index + 1; 0: not drawn
        for (var i = 0; i < functions.Length; i++) indexOf[functions[i].Name] = i + 1;
        return new CallGraph(table, functions, Sum(tree, indexOf));
    }

    private static FunctionRow[] Choose(FunctionTable table, int maxNodes)
    {
        var rows = table.Rows.ToArray().Where(r => r.Total > 0).ToArray();
        if (maxNodes == 0 || rows.Length <= maxNodes) return rows;
        // Stable, so functions of equal total stay in the table's order; and then back to that order.
        var chosen = rows.Index().OrderByDescending(r => r.Item.Total).Take(maxNodes).OrderBy(r => r.Index);
        return [.. chosen.Select(r => r.Item)];
    }

    /// <summary>An edge runs from the nearest drawn caller, and adds a stack's value once however often it is in the stack.</summary>
    private static CallEdge[] Sum(FunctionTree tree, int[] indexOf)
    {
        var totals = new long[tree.Count];
        tree.ComputeTotals(totals);
        var drawn = new int[tree.Count];            // nearest drawn function at or above each node, + 1
        var skipped = new bool[tree.Count];         // whether a function that is not drawn lies between them
        var edgeOf = new int[tree.Count];           // edge that the node is a call of, + 1
        var edges = new Dictionary<(int Caller, int Callee), int>();
        var rows = default(FlatList<CallEdge>);
        var open = default(FlatList<int>);

        using var walk = new TreeWalk(tree);
        while (walk.Next())
        {
            var node = walk.Node;
            if (node == 0) continue;
            if (!walk.Entering)
            {
                if (edgeOf[node] > 0) open[edgeOf[node] - 1]--;
                continue;
            }
            var caller = drawn[tree.Parents[node]];
            var callee = indexOf[tree.NameIds[node]];
            drawn[node] = callee > 0 ? callee : caller;
            skipped[node] = callee == 0;
            if (callee == 0 || caller == 0 || caller == callee) continue;

            if (!edges.TryGetValue((caller, callee), out var edge))
            {
                edges[(caller, callee)] = edge = rows.Count;
                rows.Add(new CallEdge(caller - 1, callee - 1, 0, false));
                open.Add(0);
            }
            edgeOf[node] = edge + 1;
            var isOutermost = open[edge]++ == 0;
            ref var row = ref rows[edge];
            row = row with
            {
                Weight = row.Weight + (isOutermost ? totals[node] : 0),
                IsResidual = row.IsResidual || skipped[tree.Parents[node]],
            };
        }
        return [.. rows.Span.ToArray().Where(e => e.Weight > 0).OrderByDescending(e => e.Weight).ThenBy(e => e.Caller).ThenBy(e => e.Callee)];
    }
}

/// <summary>Calls between two functions of a <see cref="CallGraph"/>, by index.</summary>
/// <param name="Caller">Index in <see cref="CallGraph.Functions"/>.</param>
/// <param name="Callee">Index in <see cref="CallGraph.Functions"/>.</param>
/// <param name="Weight">Value of the stacks with this call.</param>
/// <param name="IsResidual">Whether some of the calls went through functions that are not drawn.</param>
internal readonly record struct CallEdge(int Caller, int Callee, long Weight, bool IsResidual);
