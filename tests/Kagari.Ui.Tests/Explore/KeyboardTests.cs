using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>Explore without a pointer: a walk through the flame graph, the search, the views and the palette.</summary>
public sealed class KeyboardTests(Browser browser, UiServer server)
{
    [Fact]
    public async Task FlameGraph_ByKeysAlone_IsWalkedZoomedAndChanged()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides));
        var screen = new ExploreScreen(page);
        var keys = page.Page.Keyboard;
        await screen.Graph.FocusAsync();
        await Expect(screen.Cursor).ToHaveTextAsync("total");

        // Down into the widest callee, to its neighbour and back, down again, and up.
        foreach (var (key, at) in new[]
        {
            ("ArrowDown", "runtime.main"), ("ArrowLeft", "runtime.gcBgMarkWorker"), ("ArrowRight", "runtime.main"),
            ("ArrowDown", "main.serve"), ("ArrowDown", "http.(*Server).Serve"), ("ArrowUp", "main.serve"),
        })
        {
            await keys.PressAsync(key);
            await Expect(screen.Cursor).ToHaveTextAsync(at);
        }
        await Expect(screen.Inspector.Locator("h2")).ToHaveTextAsync("main.serve");

        // In, out by one, and out of all.
        await keys.PressAsync("Enter");
        await screen.ShouldHaveAsync("zoom", "runtime.main;main.serve");
        await keys.PressAsync("Escape");
        await screen.ShouldHaveAsync("zoom", "runtime.main");
        await keys.PressAsync("0");
        await screen.ShouldHaveAsync("zoom", null);

        // Hidden, undone and redone by the history.
        await keys.PressAsync("h");
        await Expect(screen.Chips).ToHaveTextAsync(["hide main.serve"]);
        await screen.ShouldHaveAsync("do", "hide:main.serve");
        await Expect(screen.Status).ToContainTextAsync("14 frames");
        await keys.PressAsync("[");
        await Expect(screen.Chips).ToHaveCountAsync(0);
        await keys.PressAsync("]");
        await Expect(screen.Chips).ToHaveTextAsync(["hide main.serve"]);
        await keys.PressAsync("[");
        await screen.ShouldHaveAsync("do", null);
        await Expect(screen.Cursor).ToHaveTextAsync("main.serve");

        await keys.PressAsync("s");
        await Expect(screen.SelectedTab).ToHaveTextAsync("Sandwich");
        await Expect(page.Page.GetByRole(AriaRole.Group, new() { Name = "Callees, 1" })).ToContainTextAsync("http.(*Server).Serve");
        await keys.PressAsync("1");
        await screen.Graph.FocusAsync();
        await keys.PressAsync("g");
        await Expect(screen.SelectedTab).ToHaveTextAsync("Source");
        screen.Parameter("fn").ShouldBe("main.serve");
    }

    [Fact]
    public async Task SearchViewsAndPalette_ByKeysAlone()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides));
        var screen = new ExploreScreen(page);
        var keys = page.Page.Keyboard;
        await Expect(screen.Functions.First).ToBeVisibleAsync();

        // Words go into the field; outside of it letters step from hit to hit, widest first.
        await keys.PressAsync("/");
        await Expect(screen.Search).ToBeFocusedAsync();
        await keys.TypeAsync("json");
        await Expect(screen.Found).ToContainTextAsync("2 fn");
        await keys.PressAsync("Enter");
        await Expect(screen.Found).ToContainTextAsync("1/2");
        await Expect(screen.Cursor).ToHaveTextAsync("encoding/json.Marshal");
        await screen.Graph.FocusAsync();
        await keys.PressAsync("n");
        await Expect(screen.Found).ToContainTextAsync("2/2");
        await Expect(screen.Cursor).ToHaveTextAsync("encoding/json.(*Decoder).Decode");
        await keys.PressAsync("Shift+N");
        await Expect(screen.Found).ToContainTextAsync("1/2");
        await keys.PressAsync("/");
        await keys.PressAsync("Escape");
        await screen.ShouldHaveAsync("s", null);

        string[] views = ["Flame", "Table", "Tree", "Sandwich", "Graph", "Source", "Labels", "Heatmap"];
        foreach (var at in Enumerable.Range(0, views.Length).Reverse())
        {
            await keys.PressAsync((at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
            await Expect(screen.SelectedTab).ToHaveTextAsync(views[at]);
            // Views that ask for a function have their field focused, where digits are text.
            await screen.SelectedTab.FocusAsync();
        }

        await keys.PressAsync("t");
        await Expect(page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Time" })).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await keys.PressAsync("?");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Next hit");
        await keys.PressAsync("Escape");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        // A part of the window by the timeline's keys: three steps and the one before them.
        await screen.Timeline.FocusAsync();
        foreach (var key in new[] { "Home", "Shift+ArrowRight", "Shift+ArrowRight", "Enter" }) await keys.PressAsync(key);
        await Expect(page.Page.Locator(".range-chip")).ToBeVisibleAsync();
        screen.Parameter("range").ShouldNotBeNull();
        await keys.PressAsync("Escape");
        await screen.ShouldHaveAsync("range", null);

        await keys.PressAsync("Control+k");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await keys.TypeAsync("payments");
        await Expect(page.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync("payments");
        await keys.PressAsync("Enter");
        await screen.ShouldHaveAsync("q", """{service_name="payments"}""");
        await Expect(screen.Functions.First).ToContainTextAsync("Payments");
    }
}
