using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Compare;

/// <summary>What can be done with a comparison, and what it does to the address and the numbers.</summary>
public sealed class CompareActionsTests(Browser browser, UiServer server)
{
    private static readonly Addresses.Side B = Addresses.Release.B;

    [Theory]
    [InlineData("Same time yesterday", 24 * 60)]
    [InlineData("Same time last week", 7 * 24 * 60)]
    public async Task Preset_OfAnEarlierTime_PutsItOnA(string preset, int minutes)
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release));
        var screen = new CompareScreen(page);
        page.Expect(" 40[04] ");
        await screen.ChooseAsync("Presets", preset);
        await ShouldHaveAsync(page, "a.from", Addresses.Millis(B.From.AddMinutes(-minutes)));
        await ShouldHaveAsync(page, "a.until", Addresses.Millis(B.Until.AddMinutes(-minutes)));
        screen.Parameter("b.from").ShouldBe(Addresses.Millis(B.From));
    }

    [Fact]
    public async Task Preset_OfTheWindowBefore_EndsWhereBBegins()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare((B, B)));
        var screen = new CompareScreen(page);
        await screen.ChooseAsync("Presets", "The window before");
        await ShouldHaveAsync(page, "a.until", Addresses.Millis(B.From.AddMilliseconds(-1)));
        await ShouldHaveAsync(page, "a.from", Addresses.Millis(B.From.AddMilliseconds(-1) - (B.Until - B.From)));
    }

    [Fact]
    public async Task Preset_OfTheMiddle_SplitsTheWindow()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare((B, B)));
        await new CompareScreen(page).ChooseAsync("Presets", "Before and after the middle");
        var middle = B.From + ((B.Until - B.From) / 2);
        await ShouldHaveAsync(page, "a.range", $"{Addresses.Millis(B.From)}-{Addresses.Millis(middle.AddMilliseconds(-1))}");
        await ShouldHaveAsync(page, "b.range", $"{Addresses.Millis(middle)}-{Addresses.Millis(B.Until)}");
    }

    [Theory]
    [InlineData("version: 1.4.0 ↔ 1.5.0", "version", "1.4.0", "1.5.0")]
    [InlineData("region: eu-north ↔ us-east", "region", "eu-north", "us-east")]
    public async Task Preset_OfTwoValues_PinsTheLabelOnBothSides(string preset, string label, string a, string b)
    {
        var whole = Addresses.Side.Cpu("rides", ShopProfiles.Start, ShopProfiles.End);
        await using var page = await browser.OpenAsync(server, Addresses.Compare((whole, whole)));
        await new CompareScreen(page).ChooseAsync("Presets", preset);
        await ShouldHaveAsync(page, "a.q", $$"""{service_name="rides", {{label}}="{{a}}"}""");
        await ShouldHaveAsync(page, "b.q", $$"""{service_name="rides", {{label}}="{{b}}"}""");
        // And it is those that are compared.
        Addresses.Side Pinned(string value) => whole with { Selector = $$"""{service_name="rides",{{label}}="{{value}}"}""" };
        var answer = await CompareScreen.AskChangesAsync(server, (Pinned(a), Pinned(b)));
        await Expect(new CompareScreen(page).Status).ToContainTextAsync($"A {Figures.Value(answer.Number("left.total"), "nanoseconds")}");
        await Expect(new CompareScreen(page).Status).ToContainTextAsync($"B {Figures.Value(answer.Number("right.total"), "nanoseconds")}");
    }

    [Fact]
    public async Task Swap_ExchangesTheSides_AndBackUndoesIt()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release));
        var screen = new CompareScreen(page);
        await Expect(screen.Changed.First).ToContainTextAsync("▲");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Swap A and B" }).ClickAsync();
        await Expect(screen.Changed.First).ToContainTextAsync("▼");
        screen.Parameter("a.from").ShouldBe(Addresses.Millis(Addresses.Release.B.From));
        screen.Parameter("b.from").ShouldBe(Addresses.Millis(Addresses.Release.A.From));
        await page.Page.GoBackAsync();
        await Expect(screen.Changed.First).ToContainTextAsync("▲");
    }

    [Fact]
    public async Task Link_OfWindows_MovesBoth()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release));
        var screen = new CompareScreen(page);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Link windows" }).ClickAsync();
        await screen.Side("A").GetByRole(AriaRole.Button, new() { Name = "2026-01-15" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Last 30 minutes", Exact = true }).ClickAsync();
        await ShouldHaveAsync(page, "a.from", "now-30m");
        screen.Parameter("b.from").ShouldBe("now-30m");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Link windows" }).ClickAsync();
        await screen.Side("A").GetByRole(AriaRole.Button, new() { Name = "Last 30 minutes" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Last 15 minutes", Exact = true }).ClickAsync();
        await ShouldHaveAsync(page, "a.from", "now-15m");
        screen.Parameter("b.from").ShouldBe("now-30m");
    }

    [Theory]
    [InlineData("fitting", "absolute values: both sides are equally long and have equally many instances")]
    [InlineData("absolute", "absolute values of each side")]
    [InlineData("share of total", "share of each side's total")]
    [InlineData("per second", "value per second of each side")]
    [InlineData("per instance", "value per instance: 1 on A, 1 on B")]
    public async Task Change_InEachMode_SaysWhatItIsAndComputesIt(string mode, string why)
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, $"view=changed&mode={(mode == "fitting" ? "absolute" : "auto")}"));
        var screen = new CompareScreen(page);
        await screen.ChooseAsync("Change", mode);
        await Expect(screen.Status.GetByText(why, new() { Exact = true })).ToBeVisibleAsync();
        var answer = await CompareScreen.AskChangesAsync(server, Addresses.Release, mode == "share of total" ? "share" : "rate");
        var function = answer.All("functions").Single(f => f.Text("name") == "geo.Haversine");
        double left = function.Number("left.self"), right = function.Number("right.self");
        var expected = mode switch
        {
            "share of total" => $"{((right / answer.Number("right.total")) - (left / answer.Number("left.total"))) * 100:F2} pp",
            "per second" => $"{Figures.Value((right / answer.Number("right.seconds")) - (left / answer.Number("left.seconds")), "nanoseconds")}/s",
            _ => Figures.Value(right - left, "nanoseconds"),
        };
        await Expect(screen.Changed.First).ToContainTextAsync("geo.Haversine");
        await Expect(screen.Changed.First.Locator(".changed-delta")).ToHaveTextAsync($"▲ {expected}");
    }

    [Fact]
    public async Task Change_ThatFits_IsShareWhereSidesAreNotEquallyLong()
    {
        var (a, b) = Addresses.Release;
        await using var page = await browser.OpenAsync(server, Addresses.Compare((a with { From = a.From.AddMinutes(20) }, b)));
        await Expect(new CompareScreen(page).Status).ToContainTextAsync("share of each side's total: the sides are not equally long");
    }

    [Fact]
    public async Task Change_ThatFits_IsShareWhereUnitsDiffer()
    {
        var (a, b) = Addresses.Release;
        await using var page = await browser.OpenAsync(server, Addresses.Compare((a with { Type = ShopProfiles.AllocatedBytes }, b)));
        page.Expect(" 400 ");
        await Expect(new CompareScreen(page).Status).ToContainTextAsync("share of each side's total: their units differ (bytes, nanoseconds)");
    }

    [Theory]
    [InlineData("Up")]
    [InlineData("Down")]
    [InlineData("Only in B")]
    [InlineData("Only in A")]
    public async Task Filter_OfTheTable_LeavesWhatItSays(string filter)
    {
        // Two services share runtimes only by chance: nearly all is on one side. Regions share everything.
        var isPresence = filter.StartsWith("Only", StringComparison.Ordinal);
        var (a, b) = Addresses.Release;
        var sides = isPresence ? (a with { Selector = """{service_name="payments"}""" }, b) : Addresses.Release;
        await using var page = await browser.OpenAsync(server, Addresses.Compare(sides, "view=changed"));
        var screen = new CompareScreen(page);
        await screen.ChooseAsync("Show", filter);
        var functions = (await CompareScreen.AskChangesAsync(server, sides)).All("functions");
        var expected = functions.Where(f => filter switch
        {
            "Up" => f.Number("right.self") > f.Number("left.self"),
            "Down" => f.Number("right.self") < f.Number("left.self"),
            "Only in B" => f.Number("left.total") == 0 && f.Number("right.total") > 0,
            _ => f.Number("left.total") > 0 && f.Number("right.total") == 0,
        }).Select(f => f.Text("name")).Order(StringComparer.Ordinal).ToArray();
        expected.Length.ShouldBeInRange(1, functions.Length - 1);
        await Expect(screen.Changed).ToHaveCountAsync(expected.Length);
        (await Tables.CellsAsync(screen.Changed)).Select(r => r[0]).Order(StringComparer.Ordinal).ShouldBe(expected);
    }

    [Fact]
    public async Task Search_LeavesWhatMatches_AndSaysWhereNothingDoes()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, "view=changed"));
        var screen = new CompareScreen(page);
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search functions" }).FillAsync("json");
        await Expect(screen.Changed).ToHaveCountAsync(2);
        await Expect(page.Page.Locator("#search-found")).ToContainTextAsync("2 fn");
        (await Tables.CellsAsync(screen.Changed)).ShouldAllBe(r => r[0].Contains("json"));
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search functions" }).FillAsync("nowhere");
        await Expect(page.Page.GetByText("No function that changed matches “nowhere”.")).ToBeVisibleAsync();
    }

    private static Task ShouldHaveAsync(UiPage page, string name, string value) =>
        page.Page.WaitForURLAsync(url => System.Web.HttpUtility.ParseQueryString(new Uri(url).Query)[name] == value, new() { Timeout = 30_000 });
}
