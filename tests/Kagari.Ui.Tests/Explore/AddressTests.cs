using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>Every state of Explore is in its address: opened it shows the state and stays as it is, and back and forward are undo and redo.</summary>
public sealed class AddressTests(Browser browser, UiServer server)
{
    private const string Service = "runtime.main;main.serve";

    private static readonly string Half = $"{Addresses.Millis(ShopProfiles.Release.AddMilliseconds(1))}-{Addresses.Millis(ShopProfiles.End)}";

    /// <summary>Parameters, and what has to be seen where they are in the address.</summary>
    private static readonly (string Parameters, Func<ExploreScreen, UiPage, Task> Check)[] States =
    [
        ("view=table&sort=total", async (s, p) =>
        {
            await Expect(s.SelectedTab).ToHaveTextAsync("Table");
            await Expect(s.Functions.First).Not.ToContainTextAsync("Haversine");
            await Expect(p.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Total", Exact = true })).ToHaveAttributeAsync("aria-sort", "descending");
        }),
        ("view=tree&up=1&sort=name", async (s, p) =>
        {
            await Expect(s.SelectedTab).ToHaveTextAsync("Tree");
            await Expect(s.Button("Bottom up")).ToHaveAttributeAsync("aria-pressed", "true");
            await Expect(p.Page.Locator("[role=treegrid] [role=rowgroup] [role=row]").First).ToContainTextAsync("database/sql");
        }),
        ("view=sandwich&fn=geo.Haversine", async (s, p) =>
        {
            await Expect(s.SelectedTab).ToHaveTextAsync("Sandwich");
            await Expect(p.Page.GetByRole(AriaRole.Group, new() { Name = "Callers, 1" })).ToContainTextAsync("nearest");
        }),
        ("view=graph&fn=geo.Haversine", async (s, p) => await Expect(p.Page.Locator(".graph-node[aria-pressed=true] title")).ToContainTextAsync("geo.Haversine: self")),
        ("view=source&fn=geo.Haversine", async (s, p) => await Expect(p.Page.GetByText("The profiles name no lines of this function.")).ToBeVisibleAsync()),
        ("view=labels&label=vehicle&chart=pie&order=value", async (s, p) =>
        {
            await Expect(s.Button("Pie")).ToHaveAttributeAsync("aria-pressed", "true");
            await Expect(Tables.Rows(p, "Values of vehicle").First).ToContainTextAsync("bike");
        }),
        ("view=heatmap&heat=span", async (s, p) => await Expect(s.Button("Spans")).ToHaveAttributeAsync("aria-pressed", "true")),
        ("s=json", async (s, p) =>
        {
            await Expect(s.Search).ToHaveValueAsync("json");
            await Expect(s.Found).ToContainTextAsync("2 fn");
            await Expect(s.Functions).ToHaveCountAsync(2);
        }),
        ("do=hide:geo.Haversine;~drop:pkg:runtime;mine", async (s, p) => await Expect(s.Chips).ToHaveTextAsync(["hide geo.Haversine", "drop stacks pkg:runtime", "only my code"])),
        ($"zoom={Service}", async (s, p) =>
        {
            await Expect(s.Breadcrumb).ToContainTextAsync("serve");
            await Expect(s.Cursor).ToHaveTextAsync("main.serve");
        }),
        ("fn=geo.Haversine", async (s, p) => await Expect(s.Inspector.Locator("h2")).ToHaveTextAsync("geo.Haversine")),
        ("color=kind&dir=flame", async (s, p) =>
        {
            await Expect(s.Button("Colour kind")).ToBeVisibleAsync();
            await Expect(s.Button("Grows up")).ToBeVisibleAsync();
        }),
        ("by=region&ghost=before", async (s, p) =>
        {
            await Expect(s.Button("Group by region")).ToBeVisibleAsync();
            await Expect(p.Page.GetByRole(AriaRole.List, new() { Name = "Series" })).ToContainTextAsync("eu-north");
            await Expect(s.Button("Behind it the window before", exact: false)).ToBeVisibleAsync();
        }),
        ($"range={Half}", async (s, p) =>
        {
            await Expect(p.Page.Locator(".range-chip")).ToContainTextAsync("11:20:00");
            await Expect(s.Status).Not.ToContainTextAsync("24.7 min total");
        }),
        ($"range={Half}&by=version&view=table&s=json&do=hide:runtime.main&zoom=main.serve&fn=main.serve&sort=name", async (s, p) =>
        {
            await Expect(s.SelectedTab).ToHaveTextAsync("Table");
            await Expect(s.Search).ToHaveValueAsync("json");
            await Expect(s.Chips).ToHaveTextAsync(["hide runtime.main"]);
            await Expect(s.Inspector.Locator("h2")).ToHaveTextAsync("main.serve");
            await Expect(p.Page.Locator(".range-chip")).ToContainTextAsync("11:20:00");
        }),
    ];

    [Fact]
    public async Task States_OpenedByTheirAddress_AreShown_AndReloadedTheSame()
    {
        await using var page = await browser.NewPageAsync(server);
        var screen = new ExploreScreen(page);
        // What a wrong address would be: each of them has its own history entry, so that going back opens the one before once more.
        var seen = new List<string>();
        foreach (var (parameters, check) in States)
        {
            var address = server.Url + Addresses.Explore(ExploreScreen.Rides, parameters);
            await page.GoAsync(address[server.Url.Length..]);
            try
            {
                await check(screen, page);
            }
            catch (Exception failure) when (failure is PlaywrightException)
            {
                Assert.Fail($"{parameters}: {failure.Message}");
            }
            page.Page.Url.ShouldBe(address, parameters);
            seen.Add(await RoundTrip.SeenAsync(page));
        }
        seen.Distinct().Count().ShouldBe(States.Length);
        for (var at = States.Length - 2; at >= 0; at--)
        {
            await page.Page.GoBackAsync();
            await States[at].Check(screen, page);
            (await RoundTrip.SeenAsync(page)).ShouldBe(seen[at], States[at].Parameters);
        }
    }

    [Fact]
    public async Task States_SetByClicking_AreInTheAddress_AndBackUndoesThem()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides));
        var screen = new ExploreScreen(page);
        await Expect(screen.Functions.First).ToBeVisibleAsync();
        var states = new List<string>();
        var addresses = new HashSet<string>();
        async Task KeepAsync()
        {
            states.Add(await RoundTrip.SeenAsync(page));
            addresses.Add(page.Page.Url).ShouldBeTrue($"a state without an address of its own: {page.Page.Url}");
        }

        await KeepAsync();
        await screen.ChooseAsync("Colour", "kind");
        await screen.ShouldHaveAsync("color", "kind");
        await KeepAsync();
        await screen.ChooseAsync("Grows", "up");
        await screen.ShouldHaveAsync("dir", "flame");
        await KeepAsync();
        await screen.ChooseAsync("Add a transform", "collapse recursion");
        await Expect(screen.Chips).ToHaveTextAsync(["collapse recursion"]);
        await KeepAsync();
        await screen.Tab("Labels").ClickAsync();
        await Expect(Tables.Rows(page, "Values of region").First).ToBeVisibleAsync();
        await KeepAsync();
        await screen.Button("Treemap").ClickAsync();
        await screen.ShouldHaveAsync("chart", "treemap");
        await KeepAsync();
        await Tables.Rows(page, "Values of region").First.GetByRole(AriaRole.Button, new() { Name = "only this" }).ClickAsync();
        await screen.ShouldHaveAsync("q", """{service_name="rides", region="eu-north"}""");
        await KeepAsync();
        await RoundTrip.BackAndForwardAsync(page, states);
        await RoundTrip.ElsewhereAsync(browser, server, page);
    }
}
