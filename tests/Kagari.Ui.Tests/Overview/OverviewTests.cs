using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Overview;

/// <summary>Where should I look: movers and services with the server's numbers.</summary>
public sealed class OverviewTests(Browser browser, UiServer server)
{
    /// <summary>The release lies between both windows.</summary>
    private const string AfterTheRelease = "?from=now-40m&vs=before";

    private const string Unit = "nanoseconds";

    [Fact]
    public async Task Movers_AgainstTheWindowBefore_HaveTheServersNumbers()
    {
        await using var page = await browser.OpenAsync(server, AfterTheRelease);
        var rows = Tables.Rows(page, "Top movers");
        await rows.First.WaitForAsync();
        var (answer, asked) = await Tables.LastAnswerAsync(server, page, "movers");
        (asked["leftQuery"], asked["rightQuery"]).ShouldBe((ShopProfiles.Cpu + "{}", ShopProfiles.Cpu + "{}"));
        asked["rightFrom"].ShouldBe(Addresses.Millis(ShopProfiles.End.AddMinutes(-40)));
        (asked["leftFrom"], asked["leftUntil"]).ShouldBe((Addresses.Millis(ShopProfiles.End.AddMinutes(-80).AddMilliseconds(-1)), Addresses.Millis(ShopProfiles.End.AddMinutes(-40).AddMilliseconds(-1))));

        double leftSeconds = answer.Number("left.seconds"), rightSeconds = answer.Number("right.seconds");
        var expected = answer.All("movers").OrderByDescending(m => Math.Abs(m.Number("selfChange"))).Select(m =>
        {
            double before = m.Number("left.self") / leftSeconds, after = m.Number("right.self") / rightSeconds, change = m.Number("selfChange");
            return new[]
            {
                $"{(change > 0 ? "▲" : "▼")} {Figures.Rate(Math.Abs(change), Unit)}", "", Figures.Relative(before, after), m.Text("function"), m.Text("service"),
                Figures.Rate(before, Unit), Figures.Rate(after, Unit), "Compare",
            };
        }).ToArray();
        expected[0][3].ShouldBe("geo.Haversine");
        (await Tables.CellsAsync(rows)).ShouldBe([.. expected.Take(await rows.CountAsync())]);
        (await rows.CountAsync()).ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Mover_IsALinkToItsComparison()
    {
        await using var page = await browser.OpenAsync(server, AfterTheRelease);
        await Tables.Rows(page, "Top movers").First.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Complementary, new() { Name = "Function" }).Locator("h2")).ToHaveTextAsync("geo.Haversine");
        await Expect(page.Page.GetByRole(AriaRole.Grid, new() { Name = "What changed" }).Locator("[role=rowgroup] [role=row]").First).ToContainTextAsync("geo.Haversine");
    }

    [Fact]
    public async Task Services_HaveTheServersNumbers()
    {
        await using var page = await browser.OpenAsync(server, AfterTheRelease);
        var rows = Tables.Rows(page, "Services");
        await Expect(rows).ToHaveCountAsync(3);
        var from = ShopProfiles.End.AddMinutes(-40);
        var answer = await server.AskAsync("services", ("from", Addresses.Millis(from)), ("until", Addresses.Millis(ShopProfiles.End)), ("type", ShopProfiles.Cpu), ("limit", "100"));
        var expected = answer.All("services").Select(s => (Name: s.Text("service"), Total: s.All("types").Single(t => t.Text("type") == ShopProfiles.Cpu).Number("total"), Hottest: s.GetProperty("hottest")))
            .OrderByDescending(s => s.Total)
            .Select(s => new[] { s.Name, Figures.Rate(s.Total / 2400, Unit), Figures.Share(s.Hottest.Number("self"), s.Total) + s.Hottest.Text("function") });
        (await Tables.CellsAsync(rows)).Select(r => new[] { r[1], r[3], r[7] }).ShouldBe(expected);
    }

    [Fact]
    public async Task States_SetByClicking_AreInTheAddress_AndBackUndoesThem()
    {
        await using var page = await browser.OpenAsync(server, "?from=now-40m");
        var states = new List<string>();
        async Task KeepAsync()
        {
            states.Add(await RoundTrip.SeenAsync(page));
            await RoundTrip.ElsewhereAsync(browser, server, page);
        }

        await Expect(page.Page.GetByText("There are no profiles of the same window yesterday.")).ToBeVisibleAsync();
        await KeepAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare with the window before" }).ClickAsync();
        await Expect(Tables.Rows(page, "Top movers").First).ToContainTextAsync("geo.Haversine");
        await KeepAsync();
        await page.Page.GetByRole(AriaRole.Table, new() { Name = "Services" }).GetByRole(AriaRole.Button, new() { Name = "Service", Exact = true }).ClickAsync();
        await Expect(Tables.Rows(page, "Services").First).ToContainTextAsync("payments");
        await KeepAsync();
        await RoundTrip.BackAndForwardAsync(page, states);
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter services" }).FillAsync("web");
        await Expect(Tables.Rows(page, "Services")).ToHaveCountAsync(1);
        await RoundTrip.ElsewhereAsync(browser, server, page);
    }

    [Fact]
    public async Task Service_ThatIsPinned_StandsFirst_AndLeadsToExplore()
    {
        // Pins are the server's: others would see them.
        await using var own = await UiServer.StartAsync(isEmpty: false);
        await using var page = await browser.OpenAsync(own, AfterTheRelease);
        var rows = Tables.Rows(page, "Services");
        await Expect(rows.First).ToContainTextAsync("rides");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pin web" }).ClickAsync();
        await Expect(rows.First).ToContainTextAsync("web");
        await page.Page.ReloadAsync();
        await Expect(rows.First).ToContainTextAsync("web");
        await rows.First.GetByRole(AriaRole.Link, new() { Name = "web", Exact = true }).ClickAsync();
        await page.Page.WaitForURLAsync(url => url.Contains("/explore?", StringComparison.Ordinal) && url.Contains("web", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EmptyServer_SaysHowToSendTheFirstProfile()
    {
        await using var empty = await UiServer.StartAsync();
        await using var page = await browser.OpenAsync(empty);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "No profiles yet" })).ToBeVisibleAsync();
        (await page.Page.Locator("pre").First.InnerTextAsync()).ShouldContain($"{empty.Url}ingest");
        await Axe.CheckAsync(page);
        await ShopProfiles.PushAsync(empty.Http);
        await page.Page.Context.Clock.SetFixedTimeAsync(ShopProfiles.End.AddSeconds(30).UtcDateTime);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(Tables.Rows(page, "Services")).ToHaveCountAsync(3);
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Page_LooksAsItShould_AndIsAccessible(ColorScheme theme)
    {
        await using var page = await browser.OpenAsync(server, AfterTheRelease, theme);
        await Expect(Tables.Rows(page, "Top movers").First).ToBeVisibleAsync();
        await Expect(Tables.Rows(page, "Services")).ToHaveCountAsync(3);
        await Axe.CheckAsync(page);
        await GoldenPicture.CheckAsync(page, $"overview-{theme.ToString().ToLowerInvariant()}");
    }
}
