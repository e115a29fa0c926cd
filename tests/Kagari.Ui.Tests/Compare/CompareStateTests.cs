using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Compare;

/// <summary>Every state of a comparison is in its address.</summary>
public sealed class CompareStateTests(Browser browser, UiServer server)
{
    [Fact]
    public async Task States_SetByClicking_AreInTheAddress_AndBackUndoesThem()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release));
        var screen = new CompareScreen(page);
        await Expect(screen.Changed.First).ToBeVisibleAsync();
        var states = new List<string>();
        var addresses = new HashSet<string>();
        async Task KeepAsync()
        {
            states.Add(await RoundTrip.SeenAsync(page));
            addresses.Add(page.Page.Url).ShouldBeTrue($"a state without an address of its own: {page.Page.Url}");
            await RoundTrip.ElsewhereAsync(browser, server, page);
        }

        await KeepAsync();
        await screen.Changed.Nth(1).ClickAsync();
        await Expect(screen.Inspector.Locator("h2")).ToBeVisibleAsync();
        await KeepAsync();
        await screen.ChooseAsync("Change", "share of total");
        await Expect(screen.Status).ToContainTextAsync("share of each side's total");
        await KeepAsync();
        await screen.Tab("Changed").ClickAsync();
        await Expect(screen.Changed.First).ToContainTextAsync("pp");
        await KeepAsync();
        await screen.ChooseAsync("Show", "Up");
        await KeepAsync();
        await screen.ChooseAsync("Rank by", "total");
        await KeepAsync();
        await screen.Tab("Side by side").ClickAsync();
        await KeepAsync();
        await screen.Tab("By label").ClickAsync();
        await KeepAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Link windows" }).ClickAsync();
        await KeepAsync();
        await RoundTrip.BackAndForwardAsync(page, states);
    }

    [Fact]
    public async Task Search_AndTransforms_AreInTheAddress()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release));
        var screen = new CompareScreen(page);
        await page.Page.GetByRole(AriaRole.Treegrid, new() { Name = "Flame graph" }).FocusAsync();
        // Into the program, and only what its handler does.
        foreach (var key in new[] { "ArrowDown", "ArrowDown", "ArrowDown" }) await page.Page.Keyboard.PressAsync(key);
        await page.Page.Keyboard.PressAsync("f");
        await page.Page.WaitForURLAsync(url => url.Contains("do=", StringComparison.Ordinal));
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search functions" }).FillAsync("geo");
        await page.Page.WaitForURLAsync(url => url.Contains("s=geo", StringComparison.Ordinal));
        await Expect(page.Page.Locator("#search-found")).ToContainTextAsync("1 fn");
        await RoundTrip.ElsewhereAsync(browser, server, page);
    }

    [Fact]
    public async Task Zoom_IsInTheAddress_AndEscapeLeavesIt()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release));
        var screen = new CompareScreen(page);
        await Expect(screen.Frames.First).ToBeAttachedAsync();
        await page.Page.GetByRole(AriaRole.Treegrid, new() { Name = "Flame graph" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForURLAsync(url => url.Contains("zoom=", StringComparison.Ordinal));
        await RoundTrip.ElsewhereAsync(browser, server, page);
        await page.Page.GoBackAsync();
        screen.Parameter("zoom").ShouldBeNull();
    }
}
