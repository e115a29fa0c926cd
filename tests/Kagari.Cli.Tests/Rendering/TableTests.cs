using Kagari.Cli.Querying;
using Kagari.Cli.Rendering;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Rendering;

public sealed class TableTests
{
    [Fact]
    public void FunctionTable_Top2_ShowsSelfAndTotal()
    {
        var table = FunctionTable.Build(Drawings.Tree("main;work;sort 4000000 | main;work 1000000 | main;io 2000000 | gc 3000000"));
        Text(output => FunctionTableText.Write(table, FunctionTableText.Top(table, byTotal: false, 2), "nanoseconds", output, 0)).ShouldBe("""
            self  self%  total  total%  function
            4 ms    40%   4 ms     40%  sort
            3 ms    30%   3 ms     30%  gc
            … 3 more functions

            """);
        FunctionTableText.Top(table, byTotal: true, 3).Select(r => table.Names.GetString(r.Name)).ShouldBe(["main", "work", "sort"]);
    }

    [Fact]
    public void Diff_OfTwoTrees_RanksByChangeOfShare()
    {
        var left = new DiffSide("before", Drawings.Tree("main;a 50 | main;b 30 | main;c 20"), "count");
        var right = new DiffSide("after", Drawings.Tree("main;a 50 | main;b 90 | main;c 60"), "count");
        var diff = FunctionTableDiff.Build(left.Tree, right.Tree);
        Text(output => DiffText.Write(diff, DiffText.Top(diff, byTotal: false, 0), byTotal: false, left, right, output, 0)).ShouldBe("""
            left   before: 100
            right  after: 200
            change  left  right  left%  right%  function
            -25.00    50     50    50%     25%  a
            +15.00    30     90    30%     45%  b
            +10.00    20     60    20%     30%  c
            change: percentage points of the self share

            """);
        DiffText.Top(diff, byTotal: true, 0).Select(r => diff.Names.GetString(r.Name)).ShouldBe(["a", "b", "c"], "main keeps its share");
    }

    [Fact]
    public void Diff_OfEqualTrees_SaysSo()
    {
        var side = new DiffSide("x", Drawings.Tree("a 1 | b 2"), "count");
        var diff = FunctionTableDiff.Build(side.Tree, side.Tree);
        Text(output => DiffText.Write(diff, DiffText.Top(diff, byTotal: false, 0), byTotal: false, side, side, output, 0)).ShouldEndWith("no function changed its share\n");
    }

    [Fact]
    public void TextTable_LongLastColumn_IsCutAtTheWidth()
    {
        var table = new TextTable("n", "name");
        table.Add("1", new string('x', 100));
        Text(output => table.Write(output, 30)).ShouldBe($"n  name\n1  {new string('x', 26)}…\n");
    }

    private static string Text(Action<TextWriter> write)
    {
        var output = new StringWriter { NewLine = "\n" };
        write(output);
        return output.ToString();
    }
}
