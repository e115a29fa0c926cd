using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs;

public sealed class FunctionTableTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("main;work 3 | main;idle 5 | main 1", "idle 5/5 work 3/3 main 1/9")]
    [InlineData("a;b;a;b 4 | a;b 1", "b 5/5 a 0/5")]           // recursion counts once per stack
    [InlineData("a;x 2 | b;a;x 3 | b;a 1", "x 5/5 a 1/6 b 0/4")]
    [InlineData("b 1 | a 1 | c;d 1", "a 1/1 b 1/1 d 1/1 c 0/1")]
    public void Build_Tree_GivesExactRows(string drawing, string rows) => Draw(FunctionTable.Build(Drawings.Tree(drawing))).ShouldBe(rows);

    [Fact]
    public void Build_AnyTree_AgreesWithCountingEachStack()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var tree = RandomTrees.Make(new Random(seed), 50);
            var total = new Dictionary<int, long>();
            var self = new Dictionary<int, long>();
            for (var node = 1; node < tree.Count; node++)
            {
                var names = new HashSet<int>();
                for (var at = node; at > 0; at = tree.Parents[at]) names.Add(tree.NameIds[at]);
                foreach (var name in names) total[name] = total.GetValueOrDefault(name) + tree.Selfs[node];
                self[tree.NameIds[node]] = self.GetValueOrDefault(tree.NameIds[node]) + tree.Selfs[node];
            }
            var table = FunctionTable.Build(tree);
            table.Rows.Length.ShouldBe(total.Count, $"seed {seed}");
            foreach (var row in table.Rows) (row.Self, row.Total).ShouldBe((self[row.Name], total[row.Name]), $"seed {seed}");
        }
    }

    [Fact]
    public void BuildDiff_TwoTrees_RanksByChangeOfShare()
    {
        // On the right there is twice of everything, but hot grew from 10% to 60%.
        var diff = FunctionTableDiff.Build(Drawings.Tree("m;hot 1 | m;cold 8 | m;same 1"), Drawings.Tree("m;hot 12 | m;cold 6 | m;same 2"));
        string.Join(' ', diff.Rows.ToArray().Select(r => $"{diff.Names.GetString(r.Name)} {r.LeftSelf}>{r.RightSelf}"))
            .ShouldBe("cold 8>6 hot 1>12 m 0>0 same 1>2");
        diff.SelfShareChange(diff.Rows[1]).ShouldBe(0.5);
    }

    [Fact]
    public void BuildDiff_EmptySide_HasSharesOfZero()
    {
        var diff = FunctionTableDiff.Build(new FunctionTree(), Drawings.Tree("a 3 | b 1"));
        diff.Rows.ToArray().Select(r => diff.SelfShareChange(r)).ShouldBe([0.75, 0.25]);
        diff.LeftTotal.ShouldBe(0);
    }

    private static string Draw(FunctionTable table) =>
        string.Join(' ', table.Rows.ToArray().Select(r => $"{table.Names.GetString(r.Name)} {r.Self}/{r.Total}"));
}
