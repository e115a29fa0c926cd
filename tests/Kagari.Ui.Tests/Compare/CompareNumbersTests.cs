using System.Globalization;
using System.Text.Json;
using Kagari.Ui.Tests.Harness;
using static Kagari.Ui.Tests.Harness.Answers;

namespace Kagari.Ui.Tests.Compare;

/// <summary>What the comparison shows is what the server says, to the digit.</summary>
public sealed class CompareNumbersTests(Browser browser, UiServer server)
{
    private const string Unit = "nanoseconds";

    [Theory]
    [InlineData("self")]
    [InlineData("total")]
    public async Task ChangedTable_OfARelease_HasTheServersNumbers(string sort)
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, $"view=changed&sort={sort}"));
        var answer = await CompareScreen.AskChangesAsync(server, Addresses.Release, sort: sort);
        var seconds = answer.Number("left.seconds");
        var expected = answer.All("functions").Select(f => (Function: f, Change: f.Number($"right.{sort}") - f.Number($"left.{sort}")))
            .OrderByDescending(f => Math.Abs(f.Change))
            .Select(f => new[]
            {
                f.Function.Text("name"),
                Figures.Value(f.Function.Number($"left.{sort}"), Unit),
                Figures.Value(f.Function.Number($"right.{sort}"), Unit),
                Noise(f.Function.GetProperty(sort), seconds),
                Certainty(f.Function.GetProperty(sort)),
                Figures.Change(f.Change, Figures.Value(Math.Abs(f.Change), Unit)),
            }).ToArray();

        expected[0][0].ShouldBe(sort == "self" ? "geo.Haversine" : "rides.(*Fleet).nearest");
        (await Tables.CellsAsync(new CompareScreen(page).Changed)).ShouldBe(expected);
    }

    [Fact]
    public async Task Inspector_OfAFunction_HasTheServersNumbers()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release));
        var screen = new CompareScreen(page);
        await screen.Changed.First.ClickAsync();
        var answer = await CompareScreen.AskChangesAsync(server, Addresses.Release);
        var function = answer.All("functions").Single(f => f.Text("name") == "geo.Haversine");
        double leftAll = answer.Number("left.total"), rightAll = answer.Number("right.total");

        await screen.Inspector.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "geo.Haversine" }).WaitForAsync();
        var expected = new List<string[]>();
        string[] measures = ["self", "total"];
        foreach (var measure in measures) expected.Add([Title(measure), Figures.Value(function.Number($"left.{measure}"), Unit), Figures.Value(function.Number($"right.{measure}"), Unit)]);
        foreach (var measure in measures) expected.Add([$"{Title(measure)} share", Figures.Share(function.Number($"left.{measure}"), leftAll), Figures.Share(function.Number($"right.{measure}"), rightAll)]);
        foreach (var measure in measures)
        {
            var change = function.Number($"right.{measure}") - function.Number($"left.{measure}");
            expected.Add([$"Δ {measure}", Figures.Change(change, Figures.Value(Math.Abs(change), Unit))]);
        }
        (await Tables.CellsAsync(screen.Inspector.Locator("tbody tr"))).ShouldBe([.. expected]);
        screen.Parameter("fn").ShouldBe("geo.Haversine");
        var told = await screen.Status.InnerTextAsync();
        told.ShouldContain($"A {Figures.Value(leftAll, Unit)}");
        told.ShouldContain($"B {Figures.Value(rightAll, Unit)}");
        told.ShouldContain($"{answer.Number("functionCount")} functions");
    }

    [Fact]
    public async Task DiffGraph_OfARelease_HasTheServersTree()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release));
        var (a, b) = Addresses.Release;
        var answer = await server.AskAsync("flamegraph/diff", [.. a.Asked("left"), .. b.Asked("right")]);
        var names = answer.All("names");
        JsonElement left = answer.GetProperty("left").GetProperty("tree"), right = answer.GetProperty("right").GetProperty("tree");
        var (depths, name) = (left.All("depth"), left.All("name"));
        var (leftTotals, rightTotals) = (left.All("total"), right.All("total"));
        var all = leftTotals[0].GetDouble() + rightTotals[0].GetDouble();
        // The keyboard stands on the root; its row and those of what it calls are there.
        var expected = Enumerable.Range(0, depths.Length).Where(n => depths[n].GetInt32() <= 1)
            .Select(n => (Name: n == 0 ? null : names[name[n].GetInt32()].GetString(), Left: leftTotals[n].GetDouble(), Right: rightTotals[n].GetDouble()))
            .Select(n => (n.Name, Total: $"total {Figures.Value(n.Left + n.Right, Unit)}, {Figures.Share(n.Left + n.Right, all)}"))
            .ToArray();

        var shown = await Tables.CellsAsync(new CompareScreen(page).Frames);
        shown.Select(r => r[1]).ShouldBe(expected.Select(e => e.Total));
        shown.Skip(1).Select(r => r[0]).ShouldBe(expected.Skip(1).Select(e => e.Name!));
        expected.Length.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task SideBySide_OfARelease_HasBothTotals()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, "view=sides&fn=geo.Haversine"));
        var function = (await CompareScreen.AskChangesAsync(server, Addresses.Release)).All("functions").Single(f => f.Text("name") == "geo.Haversine");
        foreach (var (title, prefix, side) in new[] { ("A", "left", Addresses.Release.A), ("B", "right", Addresses.Release.B) })
        {
            var tree = (await server.AskAsync("flamegraph", [.. side.Asked("")])).GetProperty("tree");
            var head = page.Page.GetByLabel($"Flame graph of {title}").Locator("header");
            await head.GetByText(Figures.Value(tree.All("total")[0].GetDouble(), Unit), new() { Exact = true }).WaitForAsync();
            await head.GetByText($"geo.Haversine: {Figures.Value(function.Number($"{prefix}.total"), Unit)}").WaitForAsync();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("geo.Haversine")]
    public async Task ByLabel_OfARelease_HasTheServersNumbers(string? function)
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, $"view=labels{(function is null ? "" : $"&fn={function}")}"));
        var (a, b) = Addresses.Release;
        var answer = await server.AskAsync("breakdown/changes", [.. a.Asked("left"), .. b.Asked("right"), ("function", function), ("limit", "20")]);
        var labels = answer.All("labels").Where(l => l.Number("valueCount") > 1).ToArray();
        labels.Select(l => l.Text("label")).ShouldContain("region");
        foreach (var label in labels)
        {
            var expected = label.All("values").Select(v => new[]
            {
                v.Text("value"),
                $"{Figures.Change(v.Number("changePerSecond"), Figures.Value(Math.Abs(v.Number("changePerSecond")), Unit))}/s",
                v.GetProperty("contribution").ValueKind == JsonValueKind.Null ? "—" : $"{(v.Number("contribution") * 100).ToString("F1", CultureInfo.InvariantCulture)}%",
            });
            var table = page.Page.Locator(".by-label table").Filter(new() { Has = page.Page.Locator("caption", new() { HasText = label.Text("label") }) });
            (await Tables.CellsAsync(table.Locator("tbody tr"))).ShouldBe([.. expected], label.Text("label"));
        }
    }

    private static string Title(string measure) => measure == "self" ? "Self" : "Total";

    /// <summary>The server's noise is that of the change per second; beside values of the whole window it stands for the whole window.</summary>
    private static string Noise(JsonElement measure, double seconds) =>
        measure.GetProperty("noise").ValueKind == JsonValueKind.Null ? "—" : $"± {Figures.Value(measure.Number("noise") * seconds, Unit)}";

    private static string Certainty(JsonElement measure) => measure.GetProperty("significance").ValueKind == JsonValueKind.Null
        ? "—"
        : measure.Number("significance") switch { < 2 => "noise", < 4 => "likely", _ => "sure" };
}
