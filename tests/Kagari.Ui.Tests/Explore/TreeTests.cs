using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Kagari.Ui.Tests.Harness.Figures;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>Views of calls, top down, bottom up, around a function and as a graph, show the server's numbers.</summary>
public sealed class TreeTests(Browser browser, UiServer server)
{
    private const string Unit = ExploreScreen.Unit, Place = "rides.(*Orders).Place";

    [Fact]
    public async Task TopDown_HasTheServersTree()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, "view=tree"));
        var tree = await AskTreeAsync();
        var rows = Rows(page, "Call tree, from the root down");
        await rows.Nth(tree.DepthOf(tree.Find(["runtime.main"]))).WaitForAsync();
        await rows.First.ClickAsync();
        // Everything below is opened.
        for (var closed = rows.And(page.Page.Locator("[aria-expanded=false]")); await closed.CountAsync() > 0;) await closed.First.Locator(".tree-grid-twisty").ClickAsync();
        await Expect(rows).ToHaveCountAsync(tree.Count);
        var cells = await Tables.CellsAsync(rows);
        var levels = await rows.EvaluateAllAsync<int[]>("rows => rows.map(row => Number(row.getAttribute('aria-level')))");
        var seen = new HashSet<int>();
        var path = new List<string>();
        for (var row = 0; row < cells.Length; row++)
        {
            path = row == 0 ? [] : [.. path.Take(levels[row] - 2), Name(cells[row])];
            var node = tree.Find(path);
            seen.Add(node).ShouldBeTrue(string.Join(';', path));
            cells[row][1..].ShouldBe(
                tree.Selfs[node] == 0 ? ["", "", Value(tree.Totals[node], Unit), Share(tree.Totals[node], tree.Total)]
                    : [Value(tree.Selfs[node], Unit), Share(tree.Selfs[node], tree.Total), Value(tree.Totals[node], Unit), Share(tree.Totals[node], tree.Total)],
                string.Join(';', path));
        }
    }

    [Fact]
    public async Task BottomUp_HasTheServersFunctionsAndTheirCallers()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, "view=tree&up=1"));
        var rows = Rows(page, "Functions and their callers");
        var answer = await server.AskAsync("functions", [.. ExploreScreen.Rides.Asked(""), ("sort", "self"), ("limit", "1000")]);
        var all = answer.Number("total");
        var functions = answer.All("functions");
        await Expect(rows).ToHaveCountAsync(functions.Length);
        (await Tables.CellsAsync(rows)).Select(r => $"{Name(r)} {r[1]} {r[3]} {r[4]}").ShouldBe(functions
            .Select(f => $"{f.Text("name")} {(f.Number("self") == 0 ? "" : Value(f.Number("self"), Unit))} {Value(f.Number("total"), Unit)} {Share(f.Number("total"), all)}"));

        await rows.First.Locator(".tree-grid-twisty").ClickAsync();
        var callers = await AskHalfAsync("geo.Haversine", "callers");
        var caller = callers.Children(0).Single();
        await Expect(rows.Nth(1)).ToHaveAttributeAsync("aria-level", "2");
        await Expect(rows.Nth(1)).ToContainTextAsync($"{callers.Names[caller]}");
        await Expect(rows.Nth(1)).ToContainTextAsync($"{Value(callers.Totals[caller], Unit)}{Share(callers.Totals[caller], all)}");
    }

    [Fact]
    public async Task Sandwich_HasTheServersCallersAndCallees()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, $"view=sandwich&fn={Uri.EscapeDataString(Place)}"));
        foreach (var (title, half) in new[] { ("Callers", "callers"), ("Callees", "callees") })
        {
            var tree = await AskHalfAsync(Place, half);
            await Expect(page.Page.Locator(".sandwich, [role=tabpanel]").First).ToContainTextAsync($"total {Value(tree.Total, Unit)}, of which 0 ns (0%) by itself");
            var rows = page.Page.GetByRole(AriaRole.Group, new() { Name = $"{title}, {tree.Children(0).Count()}" }).Locator("tbody tr");
            (await Tables.CellsAsync(rows)).ShouldBe(tree.Children(0).OrderByDescending(n => tree.Totals[n]).Select(n => new[] { tree.Names[n], Value(tree.Totals[n], Unit), Share(tree.Totals[n], tree.Total) }));
            var region = page.Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });
            (await Tables.CellsAsync(region.Locator("[role=row]"))).Skip(1).Select(r => $"{r[0]} {r[1]}").ShouldBe(
                tree.Children(0).Select(n => $"{tree.Names[n]} total {Value(tree.Totals[n], Unit)}, {Share(tree.Totals[n], tree.Total)}"), title);
        }
        // A neighbour is one click away.
        await page.Page.GetByRole(AriaRole.Group, new() { Name = "Callees, 3" }).GetByRole(AriaRole.Button, new() { Name = "nearest" }).ClickAsync();
        await new ExploreScreen(page).ShouldHaveAsync("fn", "rides.(*Fleet).nearest");
    }

    [Fact]
    public async Task Graph_HasTheServersFunctions()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, "view=graph"));
        var functions = (await server.AskAsync("functions", [.. ExploreScreen.Rides.Asked(""), ("limit", "1000")])).All("functions");
        var nodes = page.Page.Locator(".graph-node");
        await Expect(nodes).ToHaveCountAsync(functions.Length);
        (await nodes.Locator("title").AllTextContentsAsync()).Order(StringComparer.Ordinal).ShouldBe(functions
            .Select(f => $"{f.Text("name")}: self {Value(f.Number("self"), Unit)}, total {Value(f.Number("total"), Unit)}").Order(StringComparer.Ordinal));
    }

    private async Task<CallTree> AskTreeAsync()
    {
        var answer = await server.AskAsync("flamegraph", [.. ExploreScreen.Rides.Asked("")]);
        return new CallTree(answer.GetProperty("tree"), answer.GetProperty("names"));
    }

    private async Task<CallTree> AskHalfAsync(string function, string half)
    {
        var answer = await server.AskAsync("sandwich", [.. ExploreScreen.Rides.Asked(""), ("function", function)]);
        return new CallTree(answer.GetProperty(half), answer.GetProperty("names"));
    }

    private static ILocator Rows(UiPage page, string grid) => page.Page.GetByRole(AriaRole.Treegrid, new() { Name = grid }).Locator("[role=rowgroup] [role=row]");

    /// <summary>Without the mark that opens and closes.</summary>
    private static string Name(string[] cells) => cells[0].TrimStart('▾', '▸', ' ');
}
