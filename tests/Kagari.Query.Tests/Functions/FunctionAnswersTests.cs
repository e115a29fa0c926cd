using static Kagari.Query.Tests.Functions.RandomShop;
using static Kagari.Query.Tests.QueryFixture;

namespace Kagari.Query.Tests.Functions;

/// <summary>Each answer over profiles of chance against sums of plain stacks.</summary>
public sealed class FunctionAnswersTests
{
    private const int Seeds = 6;

    [Fact]
    public async Task Top_AnyServices_AgreesWithPlainStacks()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var shop = await RandomShop.OpenAsync(new Random(seed));
            await using var data = shop.Data;
            var selection = Select(10_000, 80_000);
            var stacks = shop.Within(selection);
            var order = seed % 2 == 0 ? FunctionOrder.Self : FunctionOrder.Total;
            var top = await shop.Answers.TopAsync(selection, StackFilter.None, order, 4, default);
            (top.Total, top.FunctionCount, top.ServiceCount)
                .ShouldBe((stacks.Sum(), stacks.Functions().Length, stacks.Select(s => s.Service).Distinct().Count()), $"seed {seed}");
            var expected = stacks.Functions()
                .OrderByDescending(f => order == FunctionOrder.Self ? stacks.SelfOf(f) : stacks.TotalOf(f))
                .ThenByDescending(f => order == FunctionOrder.Self ? stacks.TotalOf(f) : stacks.SelfOf(f)).Take(4);
            top.Functions.Select(f => f.Name).ShouldBe(expected, $"seed {seed}");
            foreach (var function in top.Functions)
            {
                (function.Self, function.Total).ShouldBe((stacks.SelfOf(function.Name), stacks.TotalOf(function.Name)), $"seed {seed}");
                foreach (var part in function.Services)
                {
                    var own = stacks.Where(s => s.Service == part.Service).ToList();
                    (part.Self, part.Total).ShouldBe((own.SelfOf(function.Name), own.TotalOf(function.Name)), $"seed {seed} {part.Service}");
                }
                function.Services.Sum(s => s.Total).ShouldBe(function.Total, $"seed {seed}");
            }
        }
    }

    [Fact]
    public async Task Seen_AnyFunction_AgreesWithPlainStacks()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var shop = await RandomShop.OpenAsync(random, 12);
            await using var data = shop.Data;
            var selection = Select(random.Next(20_000), 60_000 + random.Next(40_000));
            foreach (var function in new[] { "main", "io", "nope" })
            {
                var times = shop.Within(selection).Where(s => s.Frames.Contains(function)).Select(s => s.Millis).ToList();
                var seen = await shop.Answers.SeenAsync(selection, function, default);
                if (times.Count == 0) seen.ShouldBeNull($"seed {seed}");
                else
                {
                    seen.ShouldNotBeNull($"seed {seed}");
                    (seen.FirstMillis, seen.LastMillis).ShouldBe((times.Min(), times.Max()), $"seed {seed} {function}");
                    seen.FirstProfile.ShouldNotBeNull();
                }
            }
        }
    }

    [Fact]
    public async Task Breakdown_AnyLabel_AgreesWithPlainStacks()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var shop = await RandomShop.OpenAsync(new Random(seed));
            await using var data = shop.Data;
            var selection = Select(0, 70_000);
            var stacks = shop.Within(selection).Where(s => seed % 2 == 0 || s.Frames.Contains("work")).ToList();
            var filter = seed % 2 == 0 ? StackFilter.None : new StackFilter { IncludeNames = ["work"] };
            var breakdown = await shop.Answers.BreakdownAsync(selection, filter, null, default);
            breakdown.Total.ShouldBe(stacks.Sum(), $"seed {seed}");
            breakdown.Labels.Select(l => l.Label).ShouldBe(["i", "pod", "service_name"]);
            breakdown.Labels[1].Parts.ToDictionary(p => p.Value, p => p.Total)
                .ShouldBe(stacks.GroupBy(s => s.Pod).ToDictionary(g => g.Key, g => g.Sum()), ignoreOrder: true, $"seed {seed}");
            var named = await shop.Answers.BreakdownAsync(selection, filter, "service_name", default);
            named.Labels.ShouldHaveSingleItem().Parts.ShouldBe(breakdown.Labels[2].Parts, $"seed {seed}");
            named.Labels[0].Parts.Select(p => p.Total).ShouldBeInOrder(SortDirection.Descending);
        }
    }

    [Fact]
    public async Task BreakdownChange_ReleaseOfOnePod_IsCarriedByIt()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 10", 5 * Second, pod: "x");
        await data.Store.PutAsync("a 20", 5 * Second, pod: "y");
        await data.Store.PutAsync("a 10", 15 * Second, pod: "x");
        await data.Store.PutAsync("a 80", 15 * Second, pod: "y");
        var answers = new FunctionAnswers(data.Engine);
        var change = await answers.BreakdownChangeAsync(Select(0, 9_999), Select(10_000, 19_999), StackFilter.None, "pod", default);
        (change.LeftTotal, change.RightTotal, change.ChangePerSecond).ShouldBe((30, 90, 6));
        change.Labels.ShouldHaveSingleItem().Changes.ShouldBe([new LabelChange("y", 20, 80, 6, 1), new LabelChange("x", 10, 10, 0, 0)]);

        // Twice as long with the same load: nothing changed per second.
        var same = await answers.BreakdownChangeAsync(Select(0, 9_999), Select(0, 9_999), StackFilter.None, null, default);
        same.Labels.SelectMany(l => l.Changes).ShouldAllBe(c => c.Contribution == null && c.ChangePerSecond == 0);
        // A side without data has none of the labels.
        var gone = await answers.BreakdownChangeAsync(Select(10_000, 19_999), Select(50_000, 59_999), StackFilter.None, null, default);
        gone.Labels[0].Changes.ShouldBe([new LabelChange("y", 80, 0, -8, 8 / 9.0), new LabelChange("x", 10, 0, -1, 1 / 9.0)]);
    }

    [Fact]
    public async Task Answers_EmptySelection_AskNothing()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 10", 5 * Second);
        var answers = new FunctionAnswers(data.Engine);
        var nothing = Select(0, 9_999) with { IsEmpty = true };
        (await answers.TreeAsync(nothing, StackFilter.None, default)).Count.ShouldBe(1);
        (await answers.TopAsync(nothing, StackFilter.None, FunctionOrder.Self, 0, default)).Functions.ShouldBeEmpty();
        (await answers.SeenAsync(nothing, "a", default)).ShouldBeNull();
        (await answers.BreakdownAsync(nothing, StackFilter.None, null, default)).Total.ShouldBe(0);
        (await answers.ChangesAsync(nothing, nothing, StackFilter.None, new ChangeOptions(), default)).Functions.ShouldBeEmpty();
    }
}
