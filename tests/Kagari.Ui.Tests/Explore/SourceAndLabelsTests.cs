using Kagari.Profiles;
using Kagari.Testing;
using Kagari.Ui.Tests.Harness;
using static Kagari.Ui.Tests.Harness.Figures;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>Costs by line and by label are the server's.</summary>
public sealed class SourceAndLabelsTests(Browser browser, UiServer server)
{
    private const string Unit = ExploreScreen.Unit;

    [Theory]
    [InlineData("region")]
    [InlineData("vehicle")]
    public async Task Labels_HaveTheServersNumbers(string label)
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, $"view=labels&label={label}"));
        var answer = await server.AskAsync("breakdown", [.. ExploreScreen.Rides.Asked(""), ("label", label)]);
        var all = answer.Number("total");
        all.ShouldBe(ShopProfiles.RidesTotal);
        var values = answer.All("labels").Single(l => l.Text("label") == label).All("values");
        values.Sum(v => v.Number("total")).ShouldBe(all);
        var rows = Tables.Rows(page, $"Values of {label}");
        await Expect(rows).ToHaveCountAsync(values.Length);
        (await Tables.CellsAsync(rows)).Select(r => r[1..5]).ShouldBe(values.Select(v => new[]
        {
            v.Text("value"), Value(v.Number("total"), Unit), Share(v.Number("total"), all), Rate(v.Number("total") / 7200, Unit),
        }));
    }

    [Fact]
    public async Task Source_HasTheServersLines()
    {
        await using var own = await UiServer.StartAsync();
        await Pushes.SendAsync(own.Http, [new("process_cpu", "lines", Pushes.Pprof(WithLines(), ShopProfiles.End.AddMinutes(-5), TimeSpan.FromMinutes(1), "cpu:nanoseconds"))]);
        var side = Addresses.Side.Cpu("lines", ShopProfiles.Start, ShopProfiles.End);
        await using var page = await browser.OpenAsync(own, Addresses.Explore(side, "view=source&fn=work.Run"));
        var answer = await own.AskAsync("lines", [.. side.Asked(""), ("function", "work.Run")]);
        var file = answer.All("files").Single();
        file.Text("file").ShouldBe("work/run.go");
        // What was drawn below, so that page and server cannot be wrong together.
        file.All("lines").Select(l => (l.Number("line"), l.Number("self"), l.Number("total"))).ShouldBe([(12, 3e9, 3e9), (14, 0, 4e9), (19, 1e9, 1e9)]);
        var all = 8e9;
        var rows = page.Page.GetByRole(Microsoft.Playwright.AriaRole.Table, new() { Name = "Lines and what they cost" }).Locator("[role=rowgroup] [role=row]");
        (await Tables.CellsAsync(rows)).ShouldBe(file.All("lines").Select(l => new[]
        {
            l.Number("self") == 0 ? "" : Value(l.Number("self"), Unit), l.Number("self") == 0 ? "" : Share(l.Number("self"), all), Value(l.Number("total"), Unit), l.Number("line").ToString(System.Globalization.CultureInfo.InvariantCulture),
        }));
    }

    /// <summary>work.Run on lines 12, 14 and 19 of its file; frames are drawn as <c>name@line</c>.</summary>
    private static FlatProfile WithLines()
    {
        var profile = Drawings.Profile("work.Run@12 3000000000 | work.Run@14;work.Inner@31 4000000000 | work.Run@19 1000000000", "cpu:nanoseconds");
        var (run, inner, file) = (profile.AddString("work.Run"), profile.AddString("work.Inner"), profile.AddString("work/run.go"));
        for (var at = 0; at < profile.Functions.Count; at++)
        {
            var parts = profile.GetString(profile.Functions[at].Name).Split('@');
            profile.Functions.Span[at] = new Function(parts[0] == "work.Run" ? run : inner, 0, file, parts[0] == "work.Run" ? 10 : 30);
            profile.Lines.Span[at] = new Line(at, 0, long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        }
        return profile;
    }
}
