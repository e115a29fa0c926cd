using static Kagari.Query.Tests.Functions.RandomShop;
using static Kagari.Query.Tests.QueryFixture;

namespace Kagari.Query.Tests.Functions;

/// <summary>Movers over profiles of chance against sums of plain stacks.</summary>
public sealed class MoversTests
{
    [Fact]
    public async Task Movers_AnySelections_AgreeWithPlainStacks()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var shop = await RandomShop.OpenAsync(random, 40);
            await using var data = shop.Data;
            var (left, right) = (Select(random.Next(30_000), 40_000 + random.Next(10_000)), Select(50_000, 60_000 + random.Next(40_000)));
            var (before, after) = (shop.Within(left), shop.Within(right));
            var mode = seed % 2 == 0 ? ChangeMode.Share : ChangeMode.Rate;
            var order = seed % 4 < 2 ? FunctionOrder.Self : FunctionOrder.Total;
            var limit = random.Next(1, 12);
            var expected = new List<(string Service, string Function, MoverSide Left, MoverSide Right, double Self, double Total)>();
            foreach (var service in before.Concat(after).Select(s => s.Service).Distinct())
            {
                var (was, now) = (before.Where(s => s.Service == service).ToList(), after.Where(s => s.Service == service).ToList());
                foreach (var function in was.Concat(now).Functions())
                {
                    var (l, r) = (new MoverSide(was.SelfOf(function), was.TotalOf(function), was.Sum()), new MoverSide(now.SelfOf(function), now.TotalOf(function), now.Sum()));
                    double Level(long value, long all, Selection side) => mode == ChangeMode.Rate ? value / side.Seconds : all == 0 ? 0 : (double)value / all;
                    expected.Add((service, function, l, r,
                        Level(r.Self, r.ServiceTotal, right) - Level(l.Self, l.ServiceTotal, left), Level(r.Total, r.ServiceTotal, right) - Level(l.Total, l.ServiceTotal, left)));
                }
            }
            var movers = await shop.Answers.MoversAsync(left, right, mode, order, FunctionSearch.All, limit, default);
            (movers.LeftTotal, movers.RightTotal, movers.PairCount).ShouldBe((before.Sum(), after.Sum(), expected.Count), $"seed {seed}");
            movers.ServiceCount.ShouldBe(expected.Select(e => e.Service).Distinct().Count());
            double Size(double self, double total) => Math.Abs(order == FunctionOrder.Self ? self : total);
            var sizes = expected.Select(e => Size(e.Self, e.Total)).OrderDescending().ToList();
            movers.Functions.Count.ShouldBe(Math.Min(limit, expected.Count(e => Size(e.Self, e.Total) > 1e-12)), $"seed {seed}");
            for (var rank = 0; rank < movers.Functions.Count; rank++)
            {
                var mover = movers.Functions[rank];
                Size(mover.SelfChange, mover.TotalChange).ShouldBe(sizes[rank], 1e-9, $"seed {seed} rank {rank}");
                var own = expected.Single(e => e.Service == mover.Service && e.Function == mover.Function);
                (mover.Left, mover.Right).ShouldBe((own.Left, own.Right), $"seed {seed} {mover}");
                (mover.SelfChange, mover.TotalChange).ShouldSatisfyAllConditions(c => c.SelfChange.ShouldBe(own.Self, 1e-9), c => c.TotalChange.ShouldBe(own.Total, 1e-9));
            }
        }
    }

    [Fact]
    public async Task Movers_SearchAndEqualSides_AreLeftOut()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("main;a 10 | main;b 5", 5 * Second);
        await data.Store.PutAsync("main;a 30 | main;b 9", 15 * Second);
        await data.Store.PutAsync("main;a 7", 15 * Second, "web");
        var answers = new FunctionAnswers(data.Engine);
        FunctionSearch.TryMatch("^[ab]$", out var search, out _).ShouldBeTrue();
        var movers = await answers.MoversAsync(Select(0, 9_999), Select(10_000, 19_999), ChangeMode.Rate, FunctionOrder.Total, search!, 2, default);
        movers.Functions.Select(m => $"{m.Service} {m.Function} {m.TotalChange}").ShouldBe(["cart a 2", "web a 0.7"]);
        (await answers.MoversAsync(Select(0, 9_999), Select(0, 9_999), ChangeMode.Rate, FunctionOrder.Total, FunctionSearch.All, 9, default)).Functions.ShouldBeEmpty();
        var nothing = Select(0, 9_999) with { IsEmpty = true };
        (await answers.MoversAsync(nothing, nothing, ChangeMode.Rate, FunctionOrder.Self, FunctionSearch.All, 9, default)).ServiceCount.ShouldBe(0);
    }
}
