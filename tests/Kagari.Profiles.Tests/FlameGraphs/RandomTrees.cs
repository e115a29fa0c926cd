namespace Kagari.Profiles.Tests.FlameGraphs;

/// <summary>Trees of chance, from a seed that tests print.</summary>
internal static class RandomTrees
{
    private static readonly string[] s_names =
        ["main", "work", "runtime.mallocgc", "runtime.mcall", "runtime.mallocgc.func1", "a", "b", "other", "total", "é漢字", "", "x y", "runtime.m"];

    public static FunctionTree Make(Random random, int stacks, NameTable? names = null)
    {
        var tree = new FunctionTree(names ?? new NameTable());
        for (var i = 0; i < stacks; i++)
        {
            var node = 0;
            for (var depth = random.Next(0, 12); depth > 0; depth--)
            {
                var name = random.Next(4) == 0 ? $"runtime.f{random.Next(40)}" : s_names[random.Next(s_names.Length)];
                node = tree.Child(node, tree.Names.Intern(name));
            }
            tree.Add(node, random.Next(3) == 0 ? random.Next(100_000) : random.Next(10));
        }
        return tree;
    }
}
