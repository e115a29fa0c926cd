using Kagari.Ui.Tests.Compare;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Snapshots;

/// <summary>What was on the screen stays, also when its profiles are gone.</summary>
public sealed class SnapshotTests(Browser browser)
{
    [Fact]
    public async Task Comparison_ThatIsFrozen_OutlivesItsProfiles()
    {
        await using var server = await UiServer.StartAsync(isEmpty: false);
        string[][] changed;
        string link;
        await using (var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, "view=changed")))
        {
            changed = await Tables.CellsAsync(new CompareScreen(page).Changed);
            link = await FreezeAsync(page, server);
        }
        await DeleteAllAsync(server);
        (await CompareScreen.AskChangesAsync(server, Addresses.Release)).Number("right.total").ShouldBe(0);

        await using var later = await browser.OpenAsync(server, link, now: ShopProfiles.End.AddDays(90));
        (await Tables.CellsAsync(new CompareScreen(later).Changed)).ShouldBe(changed);
        await Expect(later.Page.GetByRole(AriaRole.Note)).ToContainTextAsync("2026-01-15 12:00:00 UTC");
        await Axe.CheckAsync(later);

        // What was not on the screen is said to be missing, not asked of what is there now.
        await new CompareScreen(later).Side("A").GetByRole(AriaRole.Button, new() { Name = "2026-01-15" }).ClickAsync();
        await later.Page.GetByRole(AriaRole.Button, new() { Name = "Last 30 minutes", Exact = true }).ClickAsync();
        await Expect(later.Page.GetByText("This is not part of the snapshot").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task FlameGraph_ThatIsFrozen_OutlivesItsProfiles()
    {
        await using var server = await UiServer.StartAsync(isEmpty: false);
        string[][] frames;
        string link;
        await using (var page = await browser.OpenAsync(server, Addresses.Explore(Addresses.Release.B)))
        {
            frames = await Tables.CellsAsync(new CompareScreen(page).Frames);
            link = await FreezeAsync(page, server);
        }
        frames.Length.ShouldBeGreaterThan(2);
        await DeleteAllAsync(server);

        await using var later = await browser.OpenAsync(server, link, now: ShopProfiles.End.AddDays(90));
        (await Tables.CellsAsync(new CompareScreen(later).Frames)).ShouldBe(frames);
        later.Requests.ShouldNotContain(r => r.Contains("api/v1/flamegraph", StringComparison.Ordinal));
        await later.Page.GetByRole(AriaRole.Tab, new() { Name = "Labels" }).ClickAsync();
        await Expect(later.Page.GetByText("This is not part of the snapshot").First).ToBeVisibleAsync();
    }

    private static async Task<string> FreezeAsync(UiPage page, UiServer server)
    {
        await page.SettleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Take a snapshot" }).ClickAsync();
        var link = page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Link" });
        await Expect(link).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/s/"));
        var address = await link.InputValueAsync();
        address.ShouldStartWith(server.Url + "s/");
        return address[server.Url.Length..];
    }

    private static async Task DeleteAllAsync(UiServer server)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["all"] = "true", ["from"] = "0" });
        using var answer = await server.Http.PostAsync(new Uri("api/v1/delete", UriKind.Relative), form);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
