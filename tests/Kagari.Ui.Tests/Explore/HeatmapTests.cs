using System.Text.Json;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Kagari.Ui.Tests.Harness.Figures;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>Single profiles and spans over time and value, and the way from one of them to its stacks.</summary>
public sealed class HeatmapTests(Browser browser, UiServer server)
{
    private const string Unit = ExploreScreen.Unit, Method = "querier.v1.QuerierService/SelectHeatmap";

    [Theory]
    [InlineData("individual", "profiles", "profile")]
    [InlineData("span", "spans", "span")]
    public async Task Heatmap_HasTheServersCounts_AndOpensOneOfThem(string kind, string noun, string parameter)
    {
        await using var page = await browser.NewPageAsync(server);
        var asked = await page.Page.RunAndWaitForRequestAsync(() => page.GoAsync(Addresses.Explore(ExploreScreen.Rides, $"view=heatmap&heat={kind}")), r => r.Url.EndsWith(Method, StringComparison.Ordinal));
        var screen = new ExploreScreen(page);
        var answer = await server.CallAsync(Method, JsonSerializer.Deserialize<JsonElement>(asked.PostData!));
        var slots = answer.All("series").SelectMany(s => s.All("slots")).ToArray();
        var count = slots.Sum(s => s.All("counts").Sum(c => c.GetInt64()));
        var exemplars = slots.SelectMany(s => s.TryGetProperty("exemplars", out var all) ? all.EnumerateArray().ToArray() : [])
            .Select(e => (Id: e.Text(kind == "span" ? "spanId" : "profileId"), Value: double.Parse(e.Text("value"), System.Globalization.CultureInfo.InvariantCulture)))
            .OrderByDescending(e => e.Value).ToArray();
        exemplars.Length.ShouldBeGreaterThan(10);
        await Expect(page.Page.GetByText($"All: the largest of each cell, {exemplars.Length.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} of {count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} {noun}")).ToBeVisibleAsync();
        var rows = Tables.Rows(page, "Exemplars");
        (await Tables.CellsAsync(rows)).Take(5).Select(r => r[1]).ShouldBe(exemplars.Take(5).Select(e => Value(e.Value, Unit)));

        // A cell, by the keyboard: the second from below, of the last minute that was profiled.
        await page.Page.GetByRole(AriaRole.Application).FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        var cell = slots.Single(s => s.Text("timestamp") == Addresses.Millis(ShopProfiles.End.AddMinutes(-1))).All("counts")[1].GetInt64();
        await Expect(page.Page.Locator(".heat-readout")).ToContainTextAsync("11:58:00 – 11:59:00");
        await Expect(page.Page.Locator(".heat-readout")).ToContainTextAsync($" {cell} {(cell == 1 ? parameter : noun)}");

        await rows.First.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Expect(screen.SelectedTab).ToHaveTextAsync("Flame");
        var id = screen.Parameter(parameter)!;
        var largest = exemplars.Where(e => e.Value == exemplars[0].Value).ToArray();
        largest.Select(e => e.Id).ShouldContain(id);
        var tree = await server.AskAsync("flamegraph", [.. ExploreScreen.Rides.Asked(""), ($"{parameter}Id", id)]);
        await Expect(screen.Status).ToContainTextAsync($"{Value(tree.GetProperty("tree").All("total")[0].GetDouble(), Unit)} total");
        if (kind == "span") tree.GetProperty("tree").All("total")[0].GetDouble().ShouldBe(exemplars[0].Value);
        await Expect(page.Page.GetByText($"only {parameter} {id[..8]}")).ToBeVisibleAsync();
        await screen.Button("All profiles again").ClickAsync();
        await Expect(screen.Status).ToContainTextAsync($"{Value(ShopProfiles.RidesTotal, Unit)} total");
    }
}
