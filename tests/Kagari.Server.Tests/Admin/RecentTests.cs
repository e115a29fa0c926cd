using Kagari.Server.Admin;

namespace Kagari.Server.Tests.Admin;

public sealed class RecentTests
{
    [Fact]
    public void List_MoreThanAreKept_GivesTheLastFirst()
    {
        var recent = new Recent<string>(3);
        recent.List().ShouldBeEmpty();
        foreach (var item in new[] { "a", "b" }) recent.Add(item);
        recent.List().ShouldBe(["b", "a"]);
        foreach (var item in new[] { "c", "d", "e" }) recent.Add(item);
        recent.List().ShouldBe(["e", "d", "c"]);
    }

    [Fact]
    public void Add_OfManyThreads_LosesNoPlace()
    {
        var recent = new Recent<string>(100);
        Parallel.For(0, 10_000, i => recent.Add($"{i}"));
        recent.List().Distinct().Count().ShouldBe(100);
    }
}
