using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Query.Tests.Functions;

public sealed class FunctionPageTests
{
    private static readonly FunctionTable Table = FunctionTable.Build(Drawings.Tree("main;Work 3 | main;idle 5 | main 1 | gc 5"));

    [Theory]
    [InlineData(FunctionOrder.Self, 0, 0, "gc idle Work main")]
    [InlineData(FunctionOrder.Total, 0, 0, "main gc idle Work")]
    [InlineData(FunctionOrder.Name, 0, 0, "Work gc idle main")]
    [InlineData(FunctionOrder.Total, 1, 2, "gc idle")]
    [InlineData(FunctionOrder.Total, 3, 9, "Work")]
    [InlineData(FunctionOrder.Total, 9, 9, "")]
    public void Of_OrderAndPage_CutsIt(FunctionOrder order, int offset, int limit, string expected)
    {
        var page = FunctionPage.Of(Table, FunctionSearch.All, order, offset, limit);
        Draw(page).ShouldBe(expected);
        (page.MatchCount, page.FunctionCount, page.Total).ShouldBe((4, 4, 14));
    }

    [Fact]
    public void Of_Search_CountsMatches()
    {
        var page = FunctionPage.Of(Table, FunctionSearch.Contains("WO"), FunctionOrder.Self, 0, 10);
        Draw(page).ShouldBe("Work");
        (page.MatchCount, page.FunctionCount).ShouldBe((1, 4));
        FunctionSearch.TryMatch("^(gc|i.*)$", out var pattern, out _).ShouldBeTrue();
        page = FunctionPage.Of(Table, pattern!, FunctionOrder.Name, 1, 1);
        (Draw(page), page.MatchCount).ShouldBe(("idle", 2));
        FunctionSearch.TryMatch("(", out _, out var error).ShouldBeFalse();
        error.ShouldContain("error parsing regexp");
    }

    private static string Draw(FunctionPage page) => string.Join(' ', page.Rows.ToArray().Select(r => page.Names.GetString(r.Name)));
}
