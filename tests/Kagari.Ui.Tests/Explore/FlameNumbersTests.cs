using System.Text.Json;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Kagari.Ui.Tests.Harness.Figures;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>What the flame graph and its inspector show is what the server says, to the digit.</summary>
public sealed class FlameNumbersTests(Browser browser, UiServer server)
{
    private const string Unit = ExploreScreen.Unit, Place = "rides.(*Orders).Place";

    private const int RowHeight = 18;

    private static readonly string[] Path = ["runtime.main", "main.serve", "http.(*Server).Serve", "rides.(*Handler).ServeHTTP", Place];

    [Fact]
    public async Task Graph_AndAClickedFrame_HaveTheServersNumbers()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides));
        var screen = new ExploreScreen(page);
        var answer = await server.AskAsync("flamegraph", [.. ExploreScreen.Rides.Asked("")]);
        var tree = new CallTree(answer.GetProperty("tree"), answer.GetProperty("names"));
        tree.Total.ShouldBe(ShopProfiles.RidesTotal);

        await Expect(screen.Status).ToContainTextAsync($"{tree.Count - 1} frames");
        await Expect(screen.Status).ToContainTextAsync($"{Value(tree.Total, Unit)} total");
        await Expect(screen.Status).ToContainTextAsync("complete");
        // The keyboard stands on the root: it and what it calls are there for screen readers.
        var shown = await Tables.CellsAsync(screen.Frames);
        shown.Select(r => r[1..3]).ShouldBe(tree.Children(0).Prepend(0)
            .Select(n => new[] { $"total {Value(tree.Totals[n], Unit)}, {Share(tree.Totals[n], tree.Total)}", $"self {Value(tree.Selfs[n], Unit)}, {Share(tree.Selfs[n], tree.Total)}" }));

        // A click in the middle of where a frame has to be drawn.
        var node = tree.Find(Path);
        var canvas = screen.Graph.Locator("canvas");
        var box = (await canvas.BoundingBoxAsync())!;
        var x = (tree.StartOf(node) + (tree.Totals[node] / tree.Total / 2)) * box.Width;
        await canvas.ClickAsync(new() { Position = new() { X = (float)x, Y = (tree.DepthOf(node) * RowHeight) + (RowHeight / 2) }, Force = true });
        await screen.ShouldHaveAsync("fn", Place);
        await screen.ShouldHaveAsync("zoom", string.Join(';', Path));
        // Away from the graph, so that the inspector is about what was clicked.
        await screen.Search.HoverAsync();
        await InspectorShouldBeRightAsync(screen);
    }

    [Fact]
    public async Task Table_BesideTheGraph_HasTheServersNumbers()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides));
        var answer = await server.AskAsync("functions", [.. ExploreScreen.Rides.Asked(""), ("sort", "self"), ("limit", "1000")]);
        var all = answer.Number("total");
        (await Tables.CellsAsync(new ExploreScreen(page).Functions)).ShouldBe(answer.All("functions")
            .Select(f => new[] { f.Text("name"), Value(f.Number("self"), Unit), Share(f.Number("total"), all) }));
    }

    private async Task InspectorShouldBeRightAsync(ExploreScreen screen)
    {
        var asked = ExploreScreen.Rides.Asked("").ToArray();
        var answer = await server.AskAsync("functions", [.. asked, ("search", Place)]);
        var function = answer.All("functions").Single();
        var (self, total, all) = (function.Number("self"), function.Number("total"), answer.Number("total"));
        await Expect(screen.Inspector.Locator("h2")).ToHaveTextAsync(Place);
        var facts = screen.Inspector.Locator(".facts-row");
        await Expect(facts.Nth(0)).ToHaveTextAsync($"Self{Value(self, Unit)}{Share(self, all)}");
        await Expect(facts.Nth(1)).ToHaveTextAsync($"Total{Value(total, Unit)}{Share(total, all)}");
        await Expect(facts.Nth(2)).ToHaveTextAsync($"Cores{Rate(total / 7200, Unit)}of {Value(all / 7200 / 1e9, "count")}");
        // Nothing was profiled before: the first minute belongs to this window alone.
        await Expect(facts.Nth(3)).ToHaveTextAsync("vs beforeno data");

        var sandwich = await server.AskAsync("sandwich", [.. asked, ("function", Place)]);
        foreach (var (title, half) in new[] { ("Top callers", "callers"), ("Top callees", "callees") })
        {
            var tree = new CallTree(sandwich.GetProperty(half), sandwich.GetProperty("names"));
            var list = screen.Inspector.Locator("section").Filter(new() { Has = screen.Inspector.Page.GetByRole(AriaRole.Heading, new() { Name = title }) }).Locator("li");
            await Expect(list).ToHaveTextAsync([.. tree.Children(0).OrderByDescending(n => tree.Totals[n]).Select(n => $"{tree.Names[n]}{Value(tree.Totals[n], Unit)}{Share(tree.Totals[n], tree.Total)}")]);
        }
        var breakdown = await server.AskAsync("breakdown", [.. asked, ("function", Place)]);
        foreach (var label in breakdown.All("labels").Where(l => l.Text("label") != "service_name"))
            foreach (var value in label.All("values"))
                await Expect(screen.Inspector.Locator("li").Filter(new() { HasText = value.Text("value") }).First).ToContainTextAsync(Share(value.Number("total"), total));
    }
}
