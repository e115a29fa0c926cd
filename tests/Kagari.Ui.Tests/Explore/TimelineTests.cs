using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>What is asked: a part of the timeline, a selector, transforms.</summary>
public sealed class TimelineTests(Browser browser, UiServer server)
{
    [Fact]
    public async Task Drag_OverTheTimeline_SelectsWhatStacksAreOf_AndADoubleClickEverything()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides));
        var screen = new ExploreScreen(page);
        await Expect(screen.Status).ToContainTextAsync(Figures.Value(ShopProfiles.RidesTotal, ExploreScreen.Unit));
        var box = (await screen.Timeline.BoundingBoxAsync())!;
        var mouse = page.Page.Mouse;
        await mouse.MoveAsync(box.X + (box.Width / 4), box.Y + (box.Height / 2));
        await mouse.DownAsync();
        await mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2), new() { Steps = 4 });
        await mouse.UpAsync();
        await page.Page.WaitForURLAsync(url => url.Contains("&range=", StringComparison.Ordinal));
        var ends = screen.Parameter("range")!.Split('-').Select(t => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(t, System.Globalization.CultureInfo.InvariantCulture))).ToArray();
        // From a quarter of two hours to half of them, to the step.
        (ends[0] - ShopProfiles.Start).TotalMinutes.ShouldBeInRange(28, 31);
        (ends[1] - ShopProfiles.Start).TotalMinutes.ShouldBeInRange(59, 62);
        var total = (await server.AskAsync("functions", [.. (ExploreScreen.Rides with { From = ends[0], Until = ends[1] }).Asked(""), ("limit", "1")])).Number("total");
        total.ShouldBeInRange(1, ShopProfiles.RidesTotal / 3);
        await Expect(screen.Status).ToContainTextAsync($"{Figures.Value(total, ExploreScreen.Unit)} total");
        await RoundTrip.ElsewhereAsync(browser, server, page);
        await screen.Timeline.DblClickAsync();
        await screen.ShouldHaveAsync("range", null);
        await Expect(screen.Status).ToContainTextAsync($"{Figures.Value(ShopProfiles.RidesTotal, ExploreScreen.Unit)} total");
    }

    [Fact]
    public async Task Selector_IsCompleted_AndSaysWhatMatchesNothing()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides));
        var screen = new ExploreScreen(page);
        var field = page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Selector" });
        var options = page.Page.GetByRole(AriaRole.Listbox, new() { Name = "Completions" }).GetByRole(AriaRole.Option);
        await field.FillAsync("""{service_name="rides",reg""");
        await Expect(options.First).ToContainTextAsync("region");
        await field.PressAsync("Enter");
        await Expect(field).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("region"));
        await field.FillAsync("""{service_name="rides",region="eu""");
        await Expect(options).ToHaveCountAsync(1);
        await field.PressAsync("Enter");
        await Expect(field).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("region=\"eu-north\"\\}?$"));
        await field.FillAsync("""{service_name="rides",region="eu-north"}""");
        await field.PressAsync("Escape");
        await screen.Button("Run").ClickAsync();
        await screen.ShouldHaveAsync("q", """{service_name="rides",region="eu-north"}""");
        var total = (await server.AskAsync("functions", [.. (ExploreScreen.Rides with { Selector = """{service_name="rides",region="eu-north"}""" }).Asked(""), ("limit", "1")])).Number("total");
        await Expect(screen.Status).ToContainTextAsync($"{Figures.Value(total, ExploreScreen.Unit)} total");

        await field.FillAsync("""{service_name="rides",region="nowhere"}""");
        await field.PressAsync("Escape");
        await Expect(page.Page.GetByText("region=\"nowhere\" matches nothing in this window")).ToBeVisibleAsync();
        await field.FillAsync("""{service_name=rides}""");
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task Chips_OfTransforms_AreSwitchedMovedAndRemoved()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, "do=hide:main.serve;drop:pkg:runtime"));
        var screen = new ExploreScreen(page);
        await Expect(screen.Chips).ToHaveTextAsync(["hide main.serve", "drop stacks pkg:runtime"]);
        // Every stack begins in the package runtime.
        await Expect(screen.Status).ToContainTextAsync("0 ns total");
        async Task DoAsync(int chip, string entry, string? expected)
        {
            await screen.Chips.Nth(chip).ClickAsync();
            await screen.Entry(entry).ClickAsync();
            await screen.ShouldHaveAsync("do", expected);
        }

        await DoAsync(1, "Switch off", "hide:main.serve;~drop:pkg:runtime");
        await Expect(screen.Status).ToContainTextAsync("14 frames");
        await DoAsync(1, "Earlier", "~drop:pkg:runtime;hide:main.serve");
        await Expect(screen.Chips).ToHaveTextAsync(["drop stacks pkg:runtime", "hide main.serve"]);
        await DoAsync(0, "Later", "hide:main.serve;~drop:pkg:runtime");
        await DoAsync(1, "Switch on", "hide:main.serve;drop:pkg:runtime");
        await DoAsync(1, "Remove", "hide:main.serve");
        await screen.Button("Remove: hide main.serve").ClickAsync();
        await screen.ShouldHaveAsync("do", null);
        await Expect(screen.Status).ToContainTextAsync("15 frames");

        // One from the menu, of functions that a text names.
        await screen.Button("Add a transform").ClickAsync();
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Functions: a name, pkg:name or /regex/" }).FillAsync("geo.Haversine");
        await screen.Entry("focus").ClickAsync();
        await screen.ShouldHaveAsync("do", "focus:geo.Haversine");
        var haversine = (await server.AskAsync("functions", [.. ExploreScreen.Rides.Asked(""), ("search", "geo.Haversine")])).All("functions").Single();
        await Expect(screen.Status).ToContainTextAsync($"{Figures.Value(haversine.Number("total"), ExploreScreen.Unit)} total");
    }
}
