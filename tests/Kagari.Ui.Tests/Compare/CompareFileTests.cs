using Kagari.Testing;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Compare;

/// <summary>An uploaded file in the place of a selection.</summary>
public sealed class CompareFileTests(Browser browser, UiServer server)
{
    [Fact]
    public async Task File_OnSideA_IsComparedWithProduction()
    {
        var b = Addresses.Release.B;
        var drawing = Drawings.Profile("runtime.main;main.serve;geo.Haversine 2000000000 | runtime.main;main.serve;local.Only 6000000000", "cpu:nanoseconds");
        var pprof = Pushes.Pprof(drawing, ShopProfiles.End, TimeSpan.FromSeconds(10), "cpu:nanoseconds");
        var id = (await server.CallAsync("adhocprofiles.v1.AdHocProfileService/Upload", new { name = "laptop.pb", profile = Convert.ToBase64String(pprof) })).Text("id");

        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, "view=changed"));
        var screen = new CompareScreen(page);
        await screen.Side("A").GetByRole(AriaRole.Button, new() { Name = "File …" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Option, new() { Name = "laptop.pb" }).First.ClickAsync();
        await page.Page.WaitForURLAsync(url => url.Contains("a.file=", StringComparison.Ordinal));
        screen.Parameter("a.file").ShouldBe(id);

        // Ten seconds of one program and minutes of many: only shares compare.
        var answer = await server.AskAsync("changes", [("leftAdhoc", id), .. b.Asked("right"), ("mode", "share"), ("limit", "1000")]);
        await Expect(screen.Status).ToContainTextAsync("A 8 s");
        await Expect(screen.Status).ToContainTextAsync("share of each side's total");
        await Expect(screen.Changed).ToHaveCountAsync(answer.All("functions").Length);
        var only = screen.Changed.Filter(new() { HasText = "local.Only" });
        (await Tables.CellsAsync(only))[0].ShouldBe(["local.Only", "75.0%", "0%", "—", "—", "▼ 75.00 pp"]);
        await RoundTrip.ElsewhereAsync(browser, server, page);

        await screen.Side("A").GetByRole(AriaRole.Button, new() { Name = "Back to a selection" }).ClickAsync();
        await Expect(screen.Side("A").GetByRole(AriaRole.Form, new() { Name = "Query of A" })).ToBeVisibleAsync();
        screen.Parameter("a.file").ShouldBeNull();
    }
}
