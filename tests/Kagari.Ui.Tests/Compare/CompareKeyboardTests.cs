using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Compare;

/// <summary>A comparison made without a pointer: Tab, arrows, letters and the palette.</summary>
public sealed class CompareKeyboardTests(Browser browser, UiServer server)
{
    private const int TabsMax = 60;

    [Fact]
    public async Task EmptyComparison_ByKeysAlone_BecomesADiffWithAFunction()
    {
        await using var page = await browser.OpenAsync(server);
        var keys = page.Page.Keyboard;

        // The palette leads to the page.
        await keys.PressAsync("Control+k");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await keys.TypeAsync("compare");
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync(url => url.Contains("/compare", StringComparison.Ordinal));
        await Expect(page.Page.GetByRole(AriaRole.Region, new() { Name = "Side A" })).ToBeVisibleAsync();

        // Side A and side B: the service rides.
        foreach (var side in new[] { "A", "B" })
        {
            var query = page.Page.GetByRole(AriaRole.Form, new() { Name = $"Query of {side}" });
            await TabToAsync(page, query.GetByRole(AriaRole.Button).First);
            await keys.PressAsync("Enter");
            await Expect(page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Service", Exact = true })).ToBeFocusedAsync();
            await keys.TypeAsync("rides");
            await keys.PressAsync("Enter");
            await Expect(query.GetByRole(AriaRole.Button).First).ToContainTextAsync("rides");
        }

        // A is the window before.
        await TabToAsync(page, page.Page.GetByRole(AriaRole.Button, new() { Name = "Presets" }));
        await keys.PressAsync("Enter");
        await Expect(page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Same time yesterday" })).ToBeFocusedAsync();
        await keys.TypeAsync("The window");
        await Expect(page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "The window before" })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync(url => url.Contains("a.from=1", StringComparison.Ordinal));

        // The list of changes: the second row.
        var list = page.Page.GetByRole(AriaRole.Grid, new() { Name = "What changed" });
        var screen = new CompareScreen(page);
        await Expect(screen.Changed.First).ToContainTextAsync("geo.Haversine");
        await TabToAsync(page, list);
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(screen.Inspector.Locator("h2")).ToHaveTextAsync("rides.(*Fleet).nearest");

        // The graph: the frame of the function is where the keyboard is; its caller fills the width.
        await TabToAsync(page, page.Page.GetByRole(AriaRole.Treegrid, new() { Name = "Flame graph" }));
        await keys.PressAsync("ArrowUp");
        await Expect(screen.Inspector.Locator("h2")).ToHaveTextAsync("rides.(*Orders).Place");
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync(url => url.Contains("zoom=", StringComparison.Ordinal));
        await keys.PressAsync("Escape");
        await page.Page.WaitForURLAsync(url => !url.Contains("zoom=runtime.main;main.serve;http.(*Server).Serve;rides.(*Handler).ServeHTTP;rides.(*Orders).Place", StringComparison.Ordinal));

        // Search, and views by their numbers.
        await keys.PressAsync("/");
        await Expect(page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search functions" })).ToBeFocusedAsync();
        await keys.TypeAsync("Haversine");
        await Expect(page.Page.Locator("#search-found")).ToContainTextAsync("1 fn");
        await keys.PressAsync("Escape");
        await keys.PressAsync("3");
        await Expect(screen.Tab("Changed")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(screen.Changed.First).ToContainTextAsync("geo.Haversine");
        await keys.PressAsync("?");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Ctrl K");
        await keys.PressAsync("Escape");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    /// <summary>Presses Tab until an element has the focus, as people do: it must be reachable.</summary>
    private static async Task TabToAsync(UiPage page, ILocator wanted)
    {
        await wanted.WaitForAsync();
        for (var pressed = 0; pressed < TabsMax; pressed++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{TabsMax} times Tab do not lead to {wanted}");
    }
}
