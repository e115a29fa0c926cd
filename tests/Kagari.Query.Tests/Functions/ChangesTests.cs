using static Kagari.Query.Tests.Functions.RandomShop;
using static Kagari.Query.Tests.QueryFixture;

namespace Kagari.Query.Tests.Functions;

public sealed class ChangesTests
{
    [Fact]
    public async Task Changes_AnySelections_AgreeWithPlainStacks()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var shop = await RandomShop.OpenAsync(random, 40);
            await using var data = shop.Data;
            var (left, right) = (Select(random.Next(30_000), 40_000 + random.Next(10_000)), Select(50_000, 60_000 + random.Next(40_000)));
            var (before, after) = (shop.Within(left), shop.Within(right));
            var options = new ChangeOptions
            {
                Mode = seed % 2 == 0 ? ChangeMode.Share : ChangeMode.Rate,
                Order = seed % 4 < 2 ? FunctionOrder.Self : FunctionOrder.Total,
                Windows = random.Next(1, 7),
            };
            var changes = await shop.Answers.ChangesAsync(left, right, StackFilter.None, options, default);
            (changes.Left.Total, changes.Right.Total).ShouldBe((before.Sum(), after.Sum()), $"seed {seed}");
            changes.Functions.Select(f => f.Name).Order(StringComparer.Ordinal).ToArray().ShouldBe(before.Concat(after).Functions(), $"seed {seed}");
            foreach (var function in changes.Functions)
            {
                (function.LeftSelf, function.LeftTotal, function.RightSelf, function.RightTotal).ShouldBe(
                    (before.SelfOf(function.Name), before.TotalOf(function.Name), after.SelfOf(function.Name), after.TotalOf(function.Name)), $"seed {seed}");
                Check(function.Self, s => s.SelfOf(function.Name));
                Check(function.Total, s => s.TotalOf(function.Name));
            }
            changes.Functions.Select(f => Math.Abs((options.Order == FunctionOrder.Self ? f.Self : f.Total).Change))
                .ShouldBeInOrder(SortDirection.Descending, $"seed {seed}");

            void Check(Effect effect, Func<List<PlainStack>, long> valueOf)
            {
                var (was, wasError) = Estimate(shop, left, options, valueOf);
                var (now, nowError) = Estimate(shop, right, options, valueOf);
                effect.Change.ShouldBe(now - was, 1e-9, $"seed {seed}");
                if (wasError is null || nowError is null) effect.Noise.ShouldBeNull($"seed {seed}");
                else effect.Noise!.Value.ShouldBe(Math.Sqrt((wasError.Value * wasError.Value) + (nowError.Value * nowError.Value)), 1e-9, $"seed {seed}");
            }
        }
    }

    /// <summary>Level and standard error, window by window, in the words of the textbook.</summary>
    private static (double Level, double? Error) Estimate(RandomShop shop, Selection side, ChangeOptions options, Func<List<PlainStack>, long> valueOf)
    {
        var windows = side.Split(options.Windows).Select(w => (Own: shop.Within(w), w.Seconds)).ToList();
        if (options.Mode == ChangeMode.Rate)
        {
            var rates = windows.Select(w => valueOf(w.Own) / w.Seconds).ToList();
            var mean = valueOf(shop.Within(side)) / side.Seconds;
            var variance = rates.Sum(r => (r - mean) * (r - mean)) / (rates.Count - 1);
            return (mean, rates.Count < 2 ? null : Math.Sqrt(variance / rates.Count));
        }
        var filled = windows.Where(w => w.Own.Count > 0).ToList();
        var all = (double)shop.Within(side).Sum();
        if (all == 0) return (0, null);
        var share = valueOf(shop.Within(side)) / all;
        if (filled.Count < 2) return (share, null);
        var meanWeight = all / filled.Count;
        var squares = filled.Sum(w => Math.Pow(valueOf(w.Own) - (share * w.Own.Sum()), 2));
        return (share, Math.Sqrt(squares / (filled.Count - 1) / filled.Count) / meanWeight);
    }

    [Fact]
    public async Task Changes_SlowRelease_RanksItAboveWhatAlwaysMoves()
    {
        await using var data = await OpenAsync();
        for (var second = 0; second < 80; second++)
        {
            // jumpy moves by itself, hot doubles for good in the second half.
            var jumpy = second % 2 == 0 ? 30 : 10;
            await data.Store.PutAsync($"main;hot {(second < 40 ? 20 : 45) + (second % 3)} | main;jumpy {jumpy + (second / 40)} | main;rest 50", second * Second);
        }
        var answers = new FunctionAnswers(data.Engine);
        var changes = await answers.ChangesAsync(
            Select(0, 39_999), Select(40_000, 79_999), StackFilter.None, new ChangeOptions { Mode = ChangeMode.Rate, Limit = 2, Windows = 40 }, default);
        changes.Functions.Select(f => f.Name).ShouldBe(["hot", "jumpy"]);
        (changes.FunctionCount, changes.MatchCount, changes.Left.FilledWindows).ShouldBe((4, 4, 40));
        changes.Functions[0].Self.Significance!.Value.ShouldBeGreaterThan(50);
        changes.Functions[1].Self.Significance!.Value.ShouldBeLessThan(2);
    }

    [Fact]
    public async Task Changes_FunctionOfOneSide_RanksByItsEffect()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("main;a 60 | main;old 40", 5 * Second);
        await data.Store.PutAsync("main;a 130 | main;fresh 70", 15 * Second);
        var answers = new FunctionAnswers(data.Engine);
        var options = new ChangeOptions { Windows = 1 };
        var changes = await answers.ChangesAsync(Select(0, 9_999), Select(10_000, 19_999), StackFilter.None, options, default);
        changes.Functions.Select(f => $"{f.Name} {Math.Round(f.Self.Change, 6)} {f.Self.Noise is null}")
            .ShouldBe(["old -0.4 True", "fresh 0.35 True", "a 0.05 True", "main 0 True"]);
        var found = await answers.ChangesAsync(
            Select(0, 9_999), Select(10_000, 19_999), StackFilter.None, options with { Search = FunctionSearch.Contains("FR") }, default);
        (found.Functions.ShouldHaveSingleItem().Name, found.MatchCount, found.FunctionCount).ShouldBe(("fresh", 1, 4));
        Should.Throw<ArgumentOutOfRangeException>(() => new ChangeOptions { Windows = 65 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ChangeOptions { Limit = -1 });
    }
}
