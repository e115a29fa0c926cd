using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Access;

/// <summary>All of it works below a prefix of paths, as behind a proxy that others share.</summary>
public sealed class PrefixTests(Browser browser)
{
    [Fact]
    public async Task Walk_UnderAPrefix_StaysThere()
    {
        await using var server = await UiServer.StartAsync(isEmpty: false, "-server.path-prefix=/deep/profiles");
        await using var page = await browser.OpenAsync(server, "?from=now-40m&vs=before");
        await Expect(Tables.Rows(page, "Top movers").First).ToContainTextAsync("geo.Haversine");
        await Tables.Rows(page, "Services").First.GetByRole(AriaRole.Link, new() { Name = "rides", Exact = true }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Treegrid, new() { Name = "Flame graph" })).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Table" }).ClickAsync();
        await Expect(page.Page.GetByText("geo.Haversine").First).ToBeVisibleAsync();
        foreach (var (link, path) in new[] { ("Compare", "compare"), ("Functions", "functions"), ("Upload", "upload"), ("Admin", "admin"), ("Overview", "") })
        {
            await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
            await page.Page.WaitForURLAsync(url => url.Split('?')[0] == server.Url + path || url.Split('?')[0] == (server.Url + path).TrimEnd('/'));
            await Expect(page.Page.Locator("main > *").First).ToBeVisibleAsync();
            await page.SettleAsync();
        }
        page.Requests.Where(r => r.StartsWith("http", StringComparison.Ordinal)).ShouldAllBe(r => r.StartsWith(server.Url.TrimEnd('/')));
        await page.GoAsync("functions/geo.Haversine?from=now-2h");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("geo.Haversine");
    }
}
