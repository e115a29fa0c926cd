using Kagari.Query.Tests.Functions;
using static Kagari.Query.Tests.QueryFixture;

namespace Kagari.Query.Tests.Services;

/// <summary>Services over profiles of chance against sums of plain stacks.</summary>
public sealed class ServicesTests
{
    [Fact]
    public async Task Services_AnyRange_AgreeWithPlainStacks()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var shop = await RandomShop.OpenAsync(random);
            await using var data = shop.Data;
            // Whole blocks are not looked into, and must say the same.
            if (seed % 2 == 1) await data.Store.CompactAsync(DateTimeOffset.UnixEpoch.AddDays(2));
            var selection = seed % 4 < 2 ? RandomShop.Select(-1, 200_000) : RandomShop.Select(random.Next(20_000), 40_000 + random.Next(40_000));
            var stacks = shop.Within(selection);
            var all = SeriesQuery.OfMillis(["t"], selection.StartMillis, selection.EndMillis, Selector.All);
            var services = await data.Engine.ServicesAsync(all, default);
            services.Select(s => s.Service).ShouldBe(stacks.Select(s => s.Service).Distinct().Order(StringComparer.Ordinal), $"seed {seed}");
            var hottest = await data.Engine.HottestAsync(selection.Query, [.. services.Select(s => s.Service)], default);
            foreach (var service in services)
            {
                var own = stacks.Where(s => s.Service == service.Service).ToList();
                service.Types.ShouldBe([new TypeTotal(Testing.TestStore.CpuType.ToString(), own.Sum())], $"seed {seed} {service}");
                service.LastNanos.ShouldBe(own.Max(s => s.Millis) * 1_000_000, $"seed {seed} {service}");
                service.InstanceCount.ShouldBe(own.Select(s => s.Pod).Where(p => p.Length > 0).Distinct().Count(), $"seed {seed} {service}");
                // Each profile of the shop has a label of its own.
                service.SeriesCount.ShouldBe(own.Select(s => s.Millis).Distinct().Count(), $"seed {seed} {service}");
                var first = own.Functions().OrderByDescending(own.SelfOf).ThenByDescending(own.TotalOf).ThenBy(f => f, StringComparer.Ordinal).First();
                hottest[service.Service].ShouldBe(new HottestFunction(first, own.SelfOf(first), own.TotalOf(first)), $"seed {seed} {service}");
            }
        }
    }

    [Fact]
    public async Task Services_WholeBlocks_AreAnsweredWithoutRows()
    {
        await using var data = await OpenAsync();
        for (var i = 0; i < 10; i++) await data.Store.PutAsync("a 5", (i + 1) * Second, $"s{i % 3}", pod: $"p{i}");
        await data.Store.CompactAsync(DateTimeOffset.UnixEpoch.AddDays(2));
        var query = Ask();
        var services = await data.Engine.ServicesAsync(query, default);
        services.Select(s => (s.SeriesCount, s.InstanceCount, s.Types[0].Total, s.LastNanos / Second)).ShouldBe([(4, 4, 20, 10), (3, 3, 15, 8), (3, 3, 15, 9)]);
        query.Run.Rows.ShouldBe(0);
        query.Run.Tiles.ShouldBe(0);
    }
}
