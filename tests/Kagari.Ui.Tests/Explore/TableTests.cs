using Kagari.Ui.Tests.Harness;
using static Kagari.Ui.Tests.Harness.Figures;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>The table of functions: its numbers, its order, what a search leaves, and its end.</summary>
public sealed class TableTests(Browser browser, UiServer server)
{
    private const string Unit = ExploreScreen.Unit;

    [Fact]
    public async Task Rows_InEachOrder_HaveTheServersNumbers()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, "view=table"));
        var screen = new ExploreScreen(page);
        foreach (var (sort, title) in new[] { ("self", "Self"), ("total", "Total"), ("name", "Function") })
        {
            if (sort != "self") await screen.Button(title).ClickAsync();
            var answer = await server.AskAsync("functions", [.. ExploreScreen.Rides.Asked(""), ("sort", sort), ("limit", "1000")]);
            var all = answer.Number("total");
            var functions = answer.All("functions");
            await Expect(screen.Functions).ToHaveTextAsync([.. functions
                .Select(f => $"{f.Text("name")}{Value(f.Number("self"), Unit)}{Share(f.Number("self"), all)}{Value(f.Number("total"), Unit)}{Share(f.Number("total"), all)}")]);
            screen.Parameter("sort").ShouldBe(sort == "self" ? null : sort);
        }
    }

    [Fact]
    public async Task Search_InEachSyntax_LeavesWhatMatches()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, "view=table"));
        var screen = new ExploreScreen(page);
        var all = (await server.AskAsync("functions", [.. ExploreScreen.Rides.Asked(""), ("limit", "1000")])).All("functions").Select(f => f.Text("name")).ToArray();
        foreach (var (search, matches) in new (string, Func<string, bool>)[]
        {
            ("JSON", n => n.Contains("json", StringComparison.Ordinal)),
            ("/^r.*(e|t)$/", n => n[0] == 'r' && n[^1] is 'e' or 't'),
            ("pkg:rides", n => n.StartsWith("rides.", StringComparison.Ordinal)),
            ("!pkg:rides", n => !n.StartsWith("rides.", StringComparison.Ordinal)),
            ("runtime main", n => n == "runtime.main"),
        })
        {
            var expected = all.Where(matches).ToArray();
            expected.Length.ShouldBeInRange(1, all.Length - 1, search);
            await screen.Search.FillAsync(search);
            await screen.ShouldHaveAsync("s", search);
            await Expect(page.Page.GetByText($"{expected.Length} of {all.Length} functions match “{search}”")).ToBeVisibleAsync();
            await Expect(screen.Functions.Locator("[role=gridcell]:first-child")).ToHaveTextAsync(expected);
            await Expect(screen.Found).ToContainTextAsync($"{expected.Length} fn");
        }
        await screen.Search.FillAsync("/(/");
        await Expect(screen.Search).ToHaveAttributeAsync("aria-invalid", "true");
        page.Expect(" 400 ");
        await screen.Search.FillAsync("nowhere");
        await Expect(page.Page.GetByText("No function matches “nowhere”.")).ToBeVisibleAsync();
        await screen.Button("Clear the search").ClickAsync();
        await Expect(screen.Functions).ToHaveCountAsync(all.Length);
    }

    /// <summary>Rows come page by page: the last of a hundred thousand is there, and is the server's last.</summary>
    [Fact]
    public async Task Rows_OfALargeProfile_AreThereToTheLast()
    {
        await using var own = await UiServer.StartAsync();
        await own.AddLargeProfileAsync();
        var large = Addresses.Side.Cpu(LargeProfile.Service, ShopProfiles.Start, ShopProfiles.End);
        await using var page = await browser.OpenAsync(own, Addresses.Explore(large, "view=table"));
        var screen = new ExploreScreen(page);
        await Expect(page.Page.GetByText("100,000 functions")).ToBeVisibleAsync();
        await Expect(screen.Functions.First).ToHaveAttributeAsync("aria-rowindex", "2");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Grid, new() { Name = "Functions" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        var end = await own.AskAsync("functions", [.. large.Asked(""), ("sort", "self"), ("offset", "99990"), ("limit", "10")]);
        await Expect(screen.Functions.Last).ToHaveAttributeAsync("aria-rowindex", "100001");
        foreach (var (function, at) in end.All("functions").Select((f, i) => (f, i)))
            await Expect(page.Page.Locator($"[role=row][aria-rowindex='{99992 + at}']")).ToContainTextAsync(function.Text("name") + Value(function.Number("self"), Unit));
        await Expect(screen.Status).ToContainTextAsync(Value(end.Number("total"), Unit));
        await Expect(screen.Status).ToContainTextAsync("100,000 frames");
    }
}
