using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests.Chains;

public sealed class ChainReaderTests
{
    [Fact]
    public async Task Extend_AfterQuietQueries_GoesOnWhereItWas()
    {
        await using var store = await TestStore.OpenAsync();
        var datasets = store.NewDatasets();
        await store.PutAsync("a;b 1 | a;c 2", 1);
        var before = 0L;
        for (var query = 0; query < 5; query++)
        {
            await OpenAsync();
            if (query == 1) before = datasets.MemoryBytes;
        }
        datasets.MemoryBytes.ShouldBeLessThan(before, "the index of a chain that rests is given back");

        await store.PutAsync("a;b 1 | a;c;d 2 | e 3", 2);
        var view = await OpenAsync();

        Paths(view).ShouldBe(["a", "a;b", "a;c", "a;c;d", "e"]);
        var symbols = view.UnpackSymbols();
        symbols.Nodes.Length.ShouldBe(view.Dataset.StackCount);
        for (var node = 1; node < symbols.Nodes.Length; node++) symbols.Nodes.Span[node].Parent.ShouldBeLessThan(node);

        async Task<ChainView> OpenAsync() =>
            (await datasets.OpenAsync(store.Catalogue.Select("t", long.MinValue, long.MaxValue, _ => true).Chains.ShouldHaveSingleItem(), default)).View;
    }

    [Fact]
    public void PackedNodes_AnyTrie_ComesBack()
    {
        foreach (var seed in FuzzBudget.Seeds(50))
        {
            var random = new Random(seed);
            var nodes = new List<StackNode> { new(-1, -1) };
            var packed = new PackedNodes();
            for (var part = 0; part < 5; part++)
            {
                var added = Enumerable.Range(nodes.Count, random.Next(40)).Select(i => new StackNode(random.Next(i), random.Next(1 << random.Next(1, 31)))).ToArray();
                packed.Add(added);
                nodes.AddRange(added);
            }
            var view = packed.View();
            packed.Add([new StackNode(0, 1)]);
            view().ToList().ShouldBe(nodes, $"seed {seed}");
        }
    }

    /// <summary>Every node of the tree of functions as a path, sorted.</summary>
    private static List<string> Paths(ChainView view)
    {
        var paths = new List<string>();
        for (var node = 1; node < view.Dataset.Tree.Parents.Length; node++)
        {
            var path = view.Dataset.Names.GetString(view.Dataset.Tree.Names.Span[node]);
            for (var up = view.Dataset.Tree.Parents.Span[node]; up > 0; up = view.Dataset.Tree.Parents.Span[up])
                path = $"{view.Dataset.Names.GetString(view.Dataset.Tree.Names.Span[up])};{path}";
            paths.Add(path);
        }
        return [.. paths.Order(StringComparer.Ordinal)];
    }
}
