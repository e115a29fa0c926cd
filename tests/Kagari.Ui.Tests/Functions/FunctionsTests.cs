using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Functions;

/// <summary>Functions of all services, and the page of one.</summary>
public sealed class FunctionsTests(Browser browser, UiServer server)
{
    private const string Unit = "nanoseconds", Window = "from=now-2h";

    private static readonly (string, string?)[] Asked =
        [("query", ShopProfiles.Cpu + "{}"), ("from", Addresses.Millis(ShopProfiles.Start)), ("until", Addresses.Millis(ShopProfiles.End)), ("limit", "1000")];

    [Theory]
    [InlineData("self", null)]
    [InlineData("total", null)]
    [InlineData("self", "json")]
    public async Task List_OfAllServices_HasTheServersNumbers(string sort, string? search)
    {
        await using var page = await browser.OpenAsync(server, $"functions?{Window}&sort=-{sort}{(search is null ? "" : $"&s={search}")}");
        var answer = await server.AskAsync("functions", [.. Asked, ("sort", sort), ("search", search)]);
        var functions = answer.All("functions");
        var all = answer.Number("total");
        await Expect(page.Page.GetByText($"{functions.Length} of {answer.Number("functionCount")} functions, {Figures.Value(all, Unit)} in all")).ToBeVisibleAsync();
        var rows = Tables.Rows(page, "Functions of all services");
        await Expect(rows).ToHaveCountAsync(functions.Length);
        (await Tables.CellsAsync(rows)).Select(r => new[] { r[0], r[2], r[3], r[4], r[5] }).ShouldBe(functions.Select(f => new[]
        {
            f.Text("name"), Figures.Value(f.Number("self"), Unit), Figures.Share(f.Number("self"), all), Figures.Value(f.Number("total"), Unit), Figures.Share(f.Number("total"), all),
        }));
    }

    [Fact]
    public async Task Function_HasTheServersNumbers()
    {
        const string Function = "rides.(*Orders).Place";
        await using var page = await browser.OpenAsync(server, $"functions/{Uri.EscapeDataString(Function)}?{Window}");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Function);
        var answer = await server.AskAsync("functions", [.. Asked, ("search", Function)]);
        var costs = answer.All("functions").Single();
        var facts = page.Page.Locator(".function-facts");
        await Expect(facts).ToContainTextAsync($"Total{Figures.Value(costs.Number("total"), Unit)} {Figures.Share(costs.Number("total"), answer.Number("total"))}");
        await Expect(facts).ToContainTextAsync($"Mean{Figures.Rate(costs.Number("total") / 7200, Unit)}");

        var sandwich = await server.AskAsync("sandwich", [.. Asked[..3], ("function", Function)]);
        var names = sandwich.All("names").Select(n => n.GetString()!).ToArray();
        foreach (var (title, half) in new[] { ("Callers", "callers"), ("Callees", "callees") })
        {
            var tree = sandwich.GetProperty(half);
            var (depth, name, total) = (tree.All("depth"), tree.All("name"), tree.All("total"));
            var whole = total[0].GetDouble();
            var expected = Enumerable.Range(0, depth.Length).Where(n => depth[n].GetInt32() == 1).OrderByDescending(n => total[n].GetDouble())
                .Select(n => new[] { names[name[n].GetInt32()], Figures.Value(total[n].GetDouble(), Unit), Figures.Share(total[n].GetDouble(), whole) });
            (await Tables.CellsAsync(Tables.Rows(page, title))).ShouldBe(expected, title);
        }
    }

    [Fact]
    public async Task States_AreInTheAddress()
    {
        await using var page = await browser.OpenAsync(server, $"functions?{Window}");
        await Expect(Tables.Rows(page, "Functions of all services").First).ToContainTextAsync("geo.Haversine");
        var states = new List<string> { await RoundTrip.SeenAsync(page) };
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Total", Exact = true }).ClickAsync();
        await Expect(Tables.Rows(page, "Functions of all services").First).ToContainTextAsync("http.(*Server).Serve");
        states.Add(await RoundTrip.SeenAsync(page));
        await RoundTrip.ElsewhereAsync(browser, server, page);
        await page.Page.Locator("a").Filter(new() { HasText = "main.serve" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("main.serve");
        states.Add(await RoundTrip.SeenAsync(page));
        await RoundTrip.ElsewhereAsync(browser, server, page);
        await RoundTrip.BackAndForwardAsync(page, states);
    }

    [Fact]
    public async Task Search_ThatFindsNothing_SaysSo()
    {
        await using var page = await browser.OpenAsync(server, $"functions?{Window}");
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search functions of all services" }).FillAsync("nowhere");
        await Expect(page.Page.GetByText("No function of this profile type has “nowhere” in its name.")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the search" }).ClickAsync();
        await Expect(Tables.Rows(page, "Functions of all services").First).ToContainTextAsync("geo.Haversine");
    }

    [Theory]
    [InlineData("functions", "functions", ColorScheme.Dark)]
    [InlineData("functions", "functions", ColorScheme.Light)]
    [InlineData("functions/rides.(*Orders).Place", "function", ColorScheme.Dark)]
    [InlineData("functions/rides.(*Orders).Place", "function", ColorScheme.Light)]
    public async Task Page_LooksAsItShould_AndIsAccessible(string path, string picture, ColorScheme theme)
    {
        await using var page = await browser.OpenAsync(server, $"{path}?{Window}", theme);
        await Expect(page.Page.Locator(".data-table-body > [role=row]").First).ToBeVisibleAsync();
        await page.SettleAsync();
        await Axe.CheckAsync(page);
        await GoldenPicture.CheckAsync(page, $"{picture}-{theme.ToString().ToLowerInvariant()}");
    }
}
